import { hasDigit, type Word } from '../relevance/words.ts';

/** The article and model numbers that a title holds. */
export interface Codes {
  /**
   * Words and compounds that look like a model or article number (`wh1000xm5` for `WH-1000XM5`, `2949b001`); of those
   * that hold one another, the longest.
   */
  readonly stated: readonly string[];
  /** All runs of two to four neighbouring words, written as one: `kp 36ip` is `kp36ip`, `see thru` is `seethru`. */
  readonly runs: ReadonlySet<string>;
  /** Those of the runs that look like codes. */
  readonly codeRuns: readonly string[];
}

/** Fewer characters are sizes, generations and series. */
const MIN_CODE = 4;
const MAX_CODE = 30;
const MAX_RUN_WORDS = 4;

const CODE_SHAPE = /^(?=.*\d)(?:(?=.*[a-z])[a-z\d]{4,}|\d{5,})$/;
/** Formats, connectors, sizes and counts: they look like a model number, and name a whole class of things. */
const CLASS_CODE = new RegExp(
  `^(?:${[
    String.raw`\d{1,4}[a-z]{3,}`,
    String.raw`\d+(?:p|i|k|x|d|ch|hz|gb|tb|mb|kb|go|mm|cm|m|km|in|ft|g|kg|mg|lb|oz|ml|cl|l|w|kw|v|a|ah|wh|mp|nm|qt)`,
    String.raw`\d+(?:st|nd|rd|th|pc|pk|er|yr|hr)`,
    String.raw`\d+x\d+(?:x\d+)?[a-z]{0,2}`,
    String.raw`\d+in\d+`,
    String.raw`(?:mp|gen|hdmi|wifi|lga)\d+|ddr[2-5]|usb[23c]|cat\d[ae]?|ip[x\d]\d|h26[45]`,
    String.raw`(?:19|20)\d\d`,
    String.raw`\d{3,4}(?:1080|2160|1440|768)`,
  ].join('|')})$`,
);

export function codesOf(words: readonly Word[]): Codes {
  const found = new Set<string>();
  const runs = new Set<string>();
  for (let first = 0; first < words.length; first += 1) {
    let run = '';
    let compound = true;
    for (let at = first; at < Math.min(words.length, first + MAX_RUN_WORDS); at += 1) {
      const { text, endsPhrase } = words[at]!;
      if (at > first && compound) compound = continuesCode(run, words[at - 1]!.glue, text);
      run += text;
      if (run.length > MAX_CODE) break;
      if (compound && isCode(run)) found.add(run);
      if (at > first && run.length >= MIN_CODE) runs.add(run);
      if (endsPhrase) break;
    }
  }
  const all = [...found];
  const stated = all.filter((code) => !all.some((other) => other.length > code.length && other.includes(code)));
  return { stated, runs, codeRuns: [...runs].filter(isCode) };
}

/** `dvp-fx820` and `mb769g/a` are one code; `kgv36vl32g/kgv36vl32g` are two, and `t2/c/s2` is a list. */
function continuesCode(run: string, glue: string | null, next: string): boolean {
  if (glue === null || (isCode(run) && isCode(next))) return false;
  return glue !== '/' || (isCode(run) && next.length <= 3);
}

/** Whether a word looks like the number of a model or an article. */
function isCode(text: string): boolean {
  return hasDigit(text) && CODE_SHAPE.test(text) && !CLASS_CODE.test(text);
}

/** How two titles' codes agree. */
export interface CodeAgreement {
  /** Length of the longest code that both hold; 0 for none. */
  exact: number;
  /** Length of the longest code that another begins with: the rest tells the colour or the country. */
  prefix: number;
  /** The longest code that is another part of another one, as a share of it; 0 for none. */
  part: number;
  /** How alike two codes are that have no counterpart: siblings of one series, as a share of the longer; 0 for none. */
  rival: number;
  /** Both hold codes. */
  both: boolean;
}

const MIN_PART = 4;
const MIN_PREFIX = 5;

export function compareCodes(a: Codes, b: Codes): CodeAgreement {
  const both = a.stated.length > 0 && b.stated.length > 0;
  const agreement: CodeAgreement = { exact: 0, prefix: 0, part: 0, rival: 0, both };
  const aloneA = lookUp(a, b, agreement);
  const aloneB = lookUp(b, a, agreement);
  for (const code of aloneA) {
    for (const other of aloneB) agreement.rival = Math.max(agreement.rival, likeness(code, other));
  }
  return agreement;
}

/** Looks up one title's codes in the other; returns those without a counterpart. */
function lookUp(from: Codes, to: Codes, agreement: CodeAgreement): string[] {
  const alone: string[] = [];
  for (const code of from.stated) {
    if (to.stated.includes(code) || to.runs.has(code)) {
      agreement.exact = Math.max(agreement.exact, code.length);
      continue;
    }
    let found = false;
    for (const others of [to.stated, to.codeRuns]) {
      for (const other of others) found = compareParts(code, other, agreement) || found;
    }
    if (!found) alone.push(code);
  }
  return alone;
}

function compareParts(a: string, b: string, agreement: CodeAgreement): boolean {
  const shorter = a.length < b.length ? a : b;
  const longer = a.length < b.length ? b : a;
  if (shorter.length < MIN_PART || !longer.includes(shorter)) return false;
  if (shorter.length >= MIN_PREFIX && longer.startsWith(shorter)) {
    agreement.prefix = Math.max(agreement.prefix, shorter.length);
  } else {
    agreement.part = Math.max(agreement.part, shorter.length / longer.length);
  }
  return true;
}

/** Common beginning or common end, as a share of the longer. */
function likeness(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length && end < b.length && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return Math.min(1, Math.max(start, end) / length);
}

/** Whether two titles' codes have nothing to do with each other, so that they name different products. */
export function areUnrelated(a: Codes, b: Codes): boolean {
  const { exact, prefix, part } = compareCodes(a, b);
  return exact === 0 && prefix === 0 && part === 0;
}

/** A code that stands beside this many different others names a series, a shop or a platform (`iq300`, `c2000`). */
const MIN_COMPANIONS = 5;
/** … unless it is in far more titles than it has companions: then they are slips. */
const MIN_COMPANIONS_SHARE = 0.25;
/** Codes that begin alike are one companion: they are colours and countries of one product. */
const COMPANION_PREFIX = 6;

/** The codes of a corpus that name no product, since they stand beside too many other codes. */
export function seriesCodes(corpus: readonly Codes[]): Set<string> {
  const counts = new Map<string, number>();
  const companions = new Map<string, Set<string>>();
  for (const { stated } of corpus) {
    for (const code of stated) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
      const others = companions.get(code) ?? new Set();
      for (const other of stated) if (other !== code) others.add(other.slice(0, COMPANION_PREFIX));
      companions.set(code, others);
    }
  }
  const isSeries = ([code, { size }]: [string, ReadonlySet<string>]) =>
    size >= MIN_COMPANIONS && size > MIN_COMPANIONS_SHARE * counts.get(code)!;
  return new Set([...companions].filter(isSeries).map(([code]) => code));
}

/** The codes without those that name a series. */
export function withoutSeries(codes: Codes, series: ReadonlySet<string>): Codes {
  return series.size === 0 ? codes : { ...codes, stated: codes.stated.filter((code) => !series.has(code)) };
}
