import { UNSPACED, UNSPACED_OR_HANGUL } from '../../text/unspaced-scripts.ts';
import { CURRENCY_SPELLINGS, type CurrencyMark, combineMarks, findCurrencyMark } from '../money/currency/marks.ts';
import type { WrittenNumber } from './number.ts';

interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}
export interface NumberToken extends Span, WrittenNumber {
  readonly kind: 'number';
}
export interface MarkToken extends Span {
  readonly kind: 'mark';
  /** As written, without dots. */
  readonly text: string;
  readonly mark: CurrencyMark;
}
export interface WordToken extends Span {
  readonly kind: 'word';
  readonly text: string;
}
/** Any other character that is no space. */
export interface PunctuationToken extends Span {
  readonly kind: 'punctuation';
  readonly text: string;
}
export type Token = NumberToken | MarkToken | WordToken | PunctuationToken;

const SPACE = /\s/;
const SPACES = /\s*/y;
const DIGITS = /\d+/y;
const RUNS_ON = new RegExp(`[${UNSPACED_OR_HANGUL}]`, 'u');
/** Marks that are no run of letters, or that other letters follow without a space. The longest stand first. */
const SPECIAL_MARK = new RegExp(
  CURRENCY_SPELLINGS.filter((spelling) => !hasCurrencySign(spelling))
    .filter((spelling) => RUNS_ON.test(spelling) || /[^\p{L}\p{M} ]/u.test(spelling))
    .sort((a, b) => b.length - a.length)
    .map((spelling) => (RUNS_ON.test(spelling) ? spelling : `${spelling.replace("'", "['’‘]")}(?!\\p{L})`))
    .join('|'),
  'uy',
);
/** Initials with dots (`L.E.`, `U.S.`, `د.إ.`), one character of a script without spaces, a Korean power of ten, or a run of letters. */
const WORD = new RegExp(
  `\\p{L}(?:\\.\\p{L})+(?![\\p{L}\\p{M}])|[만천억](?=[원천\\d\\s])|[${UNSPACED}]|[\\p{L}\\p{M}]+`,
  'uy',
);
const SIGN = /\p{Sc}/uy;
const UNKNOWN_SIGN: CurrencyMark = { codes: [], before: null, after: null };

/** Splits plain price text (see `plainPriceText`) into numbers, currency marks, words and punctuation, in linear time. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text[at]!)) {
      at += 1;
      continue;
    }
    const token = numberAt(text, at) ?? signAt(text, at) ?? wordAt(text, at) ?? characterAt(text, at);
    pushToken(tokens, token, text);
    at = token.end;
  }
  return tokens;
}

/** The next number that can be read at `at`, with all the separators that can belong to it. */
function numberAt(text: string, at: number): NumberToken | null {
  const digits: string[] = [];
  const separators: string[] = [];
  let end = at;
  if (isDigit(text[at])) {
    end = runOfDigits(text, at);
    digits.push(text.slice(at, end));
  } else if (startsWithSeparator(text, at)) {
    digits.push('');
  } else {
    return null;
  }
  for (;;) {
    const separator = separatorAt(text, end, digits, separators);
    if (separator === null) return { kind: 'number', start: at, end, digits, separators };
    const start = end + 1;
    end = runOfDigits(text, start);
    separators.push(separator);
    digits.push(text.slice(start, end));
  }
}

function startsWithSeparator(text: string, at: number): boolean {
  const char = text[at];
  if (char !== '.' && char !== ',' && char !== '٫') return false;
  if (!isDigit(text[at + 1])) return false;
  // One stray dot is a slip of the shop's; three are an ellipsis.
  const before = text[at - 1] === '.' ? text[at - 2] : text[at - 1];
  return before === undefined || !/[\p{L}\d.,)]/u.test(before);
}

/** The canonical form of the separator at `at` if it joins the digits before it to those after it. */
function separatorAt(text: string, at: number, digits: string[], separators: string[]): string | null {
  const char = text[at];
  if (char === undefined || !isDigit(text[at + 1])) return null;
  switch (char) {
    case '.':
    case ',':
    case '٫':
    case '٬':
      return char;
    case '،':
      return ',';
    case '·':
      return '.';
    case "'":
    case '’':
    case '‘':
    case 'ʼ':
    case '´':
    case '`':
    case '\u2032':
      return "'";
    default:
      return SPACE.test(char) && groupsBySpace(text, at, digits, separators) ? ' ' : null;
  }
}

/** A space groups only whole thousands: `1 234 567`, never `2 50` nor `2.5 100`. */
function groupsBySpace(text: string, at: number, digits: string[], separators: string[]): boolean {
  if (separators.some((separator) => separator !== ' ')) return false;
  const last = digits.at(-1)!;
  if (digits.length === 1 ? last.length > 3 || last === '0' || last === '' : last.length !== 3) return false;
  return isDigit(text[at + 2]) && isDigit(text[at + 3]) && !isDigit(text[at + 4]);
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

function runOfDigits(text: string, at: number): number {
  DIGITS.lastIndex = at;
  return DIGITS.test(text) ? DIGITS.lastIndex : at;
}

function signAt(text: string, at: number): MarkToken | null {
  const special = matchAt(SPECIAL_MARK, text, at);
  if (special !== null && !(special.endsWith('/') && isLetter(text[at - 1]))) {
    const mark = findCurrencyMark(special.replace(/[’‘]/, "'"));
    if (mark !== null)
      return withTrailingDot(text, { kind: 'mark', start: at, end: at + special.length, text: special, mark });
  }
  const sign = matchAt(SIGN, text, at);
  if (sign === null) return null;
  return { kind: 'mark', start: at, end: at + sign.length, text: sign, mark: findCurrencyMark(sign) ?? UNKNOWN_SIGN };
}

function wordAt(text: string, at: number): WordToken | MarkToken | null {
  const word = matchAt(WORD, text, at);
  if (word === null) return null;
  const undotted = word.replaceAll('.', '');
  const mark = findCurrencyMark(undotted);
  const end = at + word.length;
  if (mark === null) return { kind: 'word', start: at, end, text: undotted };
  return withTrailingDot(text, { kind: 'mark', start: at, end, text: undotted, mark });
}

/** The dot of an abbreviation belongs to it (`руб.`, `Rs.500`). */
function withTrailingDot(text: string, token: MarkToken): MarkToken {
  return text[token.end] === '.' ? { ...token, end: token.end + 1 } : token;
}

function characterAt(text: string, at: number): PunctuationToken {
  const char = String.fromCodePoint(text.codePointAt(at)!);
  return { kind: 'punctuation', start: at, end: at + char.length, text: char };
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /\p{L}/u.test(char);
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** Appends a token, joined with the last ones where together they are one mark: `US` + `$`, `F` + `CFA`, `SGD` + `$`. */
function pushToken(tokens: Token[], token: Token, text: string): void {
  const last = tokens.at(-1);
  if ((token.kind === 'mark' || token.kind === 'word') && (last?.kind === 'mark' || last?.kind === 'word')) {
    const joined = joinMarks(last, token, text);
    if (joined !== null) {
      tokens.pop();
      pushToken(tokens, joined, text);
      return;
    }
  }
  tokens.push(token);
}

function joinMarks(left: MarkToken | WordToken, right: MarkToken | WordToken, text: string): MarkToken | null {
  const tight = left.end === right.start;
  const apart = !tight && isOneSpace(text, left.end, right.start);
  if (!tight && !apart) return null;
  const span = { kind: 'mark' as const, start: left.start, end: right.end };
  const spaced = findCurrencyMark(`${left.text} ${right.text}`);
  if (apart && spaced !== null) return { ...span, text: `${left.text} ${right.text}`, mark: spaced };
  const longEnough = Math.max(lettersIn(left), lettersIn(right)) >= 2;
  if (lettersIn(left) * lettersIn(right) === 0 && (tight || longEnough)) {
    const together = left.text + right.text;
    const mark = findCurrencyMark(together);
    if (mark !== null) return { ...span, text: together, mark };
  }
  if (left.kind !== 'mark' || right.kind !== 'mark') return null;
  const mark = combineMarks(left.mark, right.mark);
  return mark === null ? null : { ...span, text: left.text, mark };
}

function lettersIn(token: MarkToken | WordToken): number {
  return hasCurrencySign(token.text) ? 0 : token.text.length;
}

/** Whether the text holds a character that means money and nothing else (`$`, `€`, `₹`), not only letters. */
export function hasCurrencySign(text: string): boolean {
  return /\p{Sc}/u.test(text);
}

function isOneSpace(text: string, start: number, end: number): boolean {
  SPACES.lastIndex = start;
  return end - start <= 2 && SPACES.test(text) && SPACES.lastIndex === end;
}

/** Whether nothing stands between a token and the next. */
export function isTight(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1];
  return next !== undefined && tokens[index]?.end === next.start;
}

/** Whether a token is one of these characters. */
export function isPunctuation(token: Token | undefined, characters: ReadonlySet<string>): token is PunctuationToken {
  return token?.kind === 'punctuation' && characters.has(token.text);
}
