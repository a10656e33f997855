import { UNSPACED_ALPHABETS } from '../../text/unspaced-scripts.ts';
import type { AmountLabel } from '../words/words.ts';
import { isPunctuation, isTight, type Token } from './tokens.ts';
import { labelOf } from './vocabulary.ts';

/** How many words a label can stand before its amount; labels are near. */
const LABEL_REACH = 6;
/** Words of the longest phrase in `amountLabels`. */
const MAX_PHRASE_WORDS = 4;

const CLAUSE_ENDS: ReadonlySet<string> = new Set(['|', ';', '•', '+', '/', '!', '?']);

/** Labels that do not decide what the amount is: one before them may. */
const PASSED_OVER: ReadonlySet<AmountLabel> = new Set(['price', 'tax', 'from', 'net', 'gross']);

/** The labels before token `first`: the nearest that decides, and whether "from" stands with it. */
export function labelsBefore(tokens: readonly Token[], first: number): ReadonlySet<AmountLabel> {
  const labels = new Set<AmountLabel>();
  let at = first - 1;
  const end = firstOfWords(tokens, first - 1, LABEL_REACH);
  while (at >= end) {
    const token = tokens[at]!;
    if (token.kind === 'number' || isPunctuation(token, CLAUSE_ENDS)) break;
    const found = phraseEndingAt(tokens, at);
    if (found === null) {
      at -= 1;
      continue;
    }
    // "25% off $15": the words belong to the number before them.
    if (found.label === 'saving' && endsAmount(tokens[found.first - 1])) break;
    // "discount price" and "sale price" name what is paid, not what is saved.
    labels.add(found.label === 'saving' && labels.has('price') ? 'now' : found.label);
    if (!PASSED_OVER.has(found.label)) break;
    at = found.first - 1;
  }
  return labels;
}

const PERCENT_SIGNS: ReadonlySet<string> = new Set(['%', '٪']);

function endsAmount(token: Token | undefined): boolean {
  return token?.kind === 'number' || isPunctuation(token, PERCENT_SIGNS);
}

function phraseEndingAt(tokens: readonly Token[], last: number): { label: AmountLabel; first: number } | null {
  for (let first = firstOfWords(tokens, last, MAX_PHRASE_WORDS); first <= last; first += 1) {
    const label = labelOf(phrase(tokens, first, last));
    if (label !== null) return { label, first };
  }
  return null;
}

const LETTER = new RegExp(`^[${UNSPACED_ALPHABETS}]$`, 'u');
/** Letters of a run that count as one word, generously: it bounds the work on texts without spaces. */
const MAX_RUN_LETTERS = 24;

/** The first token of the last words up to token `last`. Letters of an unspaced alphabet that touch are one word. */
function firstOfWords(tokens: readonly Token[], last: number, nWords: number): number {
  let first = last + 1;
  for (let word = 0; word < nWords && first > 0; word += 1) {
    first -= 1;
    while (last - first < MAX_RUN_LETTERS && isInsideRun(tokens, first)) first -= 1;
  }
  return first;
}

/** The last token of the first words from token `first` on, counted like `firstOfWords`. */
function lastOfWords(tokens: readonly Token[], first: number, nWords: number): number {
  let last = first - 1;
  for (let word = 0; word < nWords && last < tokens.length - 1; word += 1) {
    last += 1;
    while (last - first < MAX_RUN_LETTERS && isInsideRun(tokens, last + 1)) last += 1;
  }
  return last;
}

/** Whether a token is a letter that touches one before it. */
function isInsideRun(tokens: readonly Token[], at: number): boolean {
  return isRunLetter(tokens[at]) && isRunLetter(tokens[at - 1]) && isTight(tokens, at - 1);
}

function isRunLetter(token: Token | undefined): boolean {
  return token?.kind === 'word' && LETTER.test(token.text);
}

/** Characters of the longest phrase, generously: it bounds the work on texts of very long words. */
const MAX_PHRASE_LENGTH = 60;

/** The words of a stretch of tokens, lower case; characters of scripts without spaces run together as written. */
function phrase(tokens: readonly Token[], first: number, last: number): string {
  let text = '';
  for (let at = first; at <= last && text.length <= MAX_PHRASE_LENGTH; at += 1) {
    const token = tokens[at]!;
    if (token.kind === 'number') return '';
    if (token.kind === 'punctuation' && token.text === '.') continue;
    text += at > first && tokens[at - 1]!.end !== token.start ? ` ${token.text}` : token.text;
  }
  return text.toLowerCase();
}

/** What may stand between an amount and the words behind it: `10 € (`, `10 € *`, `10 €,`, `(10 €)`. */
const BETWEEN: ReadonlySet<string> = new Set(['(', '*', ',', ')']);

/** What the words directly after an amount say of it, unless they belong to the next amount. */
export function labelAfter(tokens: readonly Token[], last: number): AmountLabel | null {
  let first = last + 1;
  while (isPunctuation(tokens[first], BETWEEN)) first += 1;
  for (let end = lastOfWords(tokens, first, MAX_PHRASE_WORDS); end >= first; end -= 1) {
    const label = labelOf(phrase(tokens, first, end));
    if (label === null) continue;
    const next = isPunctuation(tokens[end + 1], NAMES_NEXT) ? tokens[end + 2] : tokens[end + 1];
    return next?.kind === 'number' || next?.kind === 'mark' ? null : label;
  }
  return null;
}

/** Whether the word directly after an amount calls it net or gross. */
export function taxLabelAfter(tokens: readonly Token[], last: number): 'net' | 'gross' | null {
  let at = last + 1;
  while (isPunctuation(tokens[at], BETWEEN)) at += 1;
  for (let end = lastOfWords(tokens, at, 2); end >= at; end -= 1) {
    const label = labelOf(phrase(tokens, at, end));
    if (label === 'net' || label === 'gross') return label;
  }
  return null;
}

const NAMES_NEXT: ReadonlySet<string> = new Set([':', '.', '-']);
