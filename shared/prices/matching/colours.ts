import { fold } from '../relevance/words.ts';
import { wordsOf } from '../words/compile.ts';
import { COLOURS } from '../words/words.ts';

/** The colour that a word names, in any language. */
export const COLOUR_OF: ReadonlyMap<string, string> = new Map(
  COLOURS.flatMap((colour) => wordsOf(({ colours }) => colours?.[colour]).map((word) => [fold(word), colour] as const)),
);
