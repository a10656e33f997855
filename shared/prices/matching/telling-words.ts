import { hasDigit } from '../relevance/words.ts';

/** What kind of word it is: `short` ones are numbers, generations, series and letters (`8`, `s9`, `iii`, `x`). */
export type WordClass = 'short' | 'word';

/** A word that may tell two products apart, with its neighbours; null at the ends of the title. */
export interface TellingWord {
  readonly kind: WordClass;
  readonly before: string | null;
  readonly after: string | null;
}

/** Longer words with digits are model numbers, which `codes.ts` compares. */
const MAX_SHORT_CODE = 4;
const MAX_LETTERS = 2;

function classOf(word: string): WordClass | null {
  if (hasDigit(word)) return word.length <= MAX_SHORT_CODE ? 'short' : null;
  return word.length <= MAX_LETTERS && /^[a-z]/.test(word) ? 'short' : 'word';
}

/**
 * The words of a title that may tell it apart, beside model numbers.
 * @param stated those that state a measure, a colour or the packaging.
 */
export function tellingWords(texts: readonly string[], stated: ReadonlySet<string>): Map<string, TellingWord> {
  const telling = new Map<string, TellingWord>();
  for (const [i, text] of texts.entries()) {
    const kind = stated.has(text) ? null : classOf(text);
    if (kind !== null) telling.set(text, { kind, before: texts[i - 1] ?? null, after: texts[i + 1] ?? null });
  }
  return telling;
}
