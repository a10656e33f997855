import { UNSPACED_OR_HANGUL } from '../../text/unspaced-scripts.ts';
import { findCompound, findInRun, findPhrase, LONGEST_PHRASE, type Phrase } from './kinds.ts';
import { hasDigit, type Word, words } from './words.ts';

/** A word or a name of several words, as a title or a query holds it. */
export interface Term {
  readonly text: string;
  /** The kind of thing that it names, if it does. */
  readonly phrase: Phrase | null;
  readonly hasDigit: boolean;
  readonly endsPhrase: boolean;
}

const RUN = new RegExp(`^[${UNSPACED_OR_HANGUL}]+$`, 'u');

/** The terms of a title or a query, in order; names of several words are one term. */
export function terms(text: string): Term[] {
  const read: Term[] = [];
  const all = words(text);
  for (let at = 0; at < all.length; ) {
    const word = all[at]!;
    if (RUN.test(word.text)) {
      read.push(...unspacedTerms(word));
      at += 1;
      continue;
    }
    const { term, nWords } = termAt(all, at);
    read.push(term);
    at += nWords;
  }
  return read;
}

function termAt(all: readonly Word[], at: number): { term: Term; nWords: number } {
  let text = '';
  let best: { term: Term; nWords: number } | null = null;
  for (let nWords = 1; nWords <= LONGEST_PHRASE && at + nWords <= all.length; nWords += 1) {
    const word = all[at + nWords - 1]!;
    text += nWords === 1 ? word.text : ` ${word.text}`;
    const phrase = findPhrase(text);
    if (phrase !== null) best = { term: { text, phrase, hasDigit: false, endsPhrase: word.endsPhrase }, nWords };
    if (word.endsPhrase) break;
  }
  if (best !== null) return best;
  const word = all[at]!;
  const digits = hasDigit(word.text);
  const phrase = digits ? null : findCompound(word.text);
  return { term: { text: word.text, phrase, hasDigit: digits, endsPhrase: word.endsPhrase }, nWords: 1 };
}

/** Names found in a run without spaces, and what stands between them. */
function unspacedTerms(word: Word): Term[] {
  const found: Term[] = [];
  let other = '';
  const push = (text: string, phrase: Phrase | null) => {
    if (text !== '') found.push({ text, phrase, hasDigit: false, endsPhrase: false });
  };
  for (let at = 0; at < word.text.length; ) {
    const name = findInRun(word.text, at);
    if (name === null) {
      other += word.text[at];
      at += 1;
      continue;
    }
    push(other, null);
    other = '';
    push(name.text, name.phrase);
    at += name.text.length;
  }
  push(other, null);
  const last = found.at(-1);
  return last === undefined ? found : [...found.slice(0, -1), { ...last, endsPhrase: word.endsPhrase }];
}
