import type { MatchProfile } from './profile.ts';
import type { TellingWord, WordClass } from './telling-words.ts';

/** The words that each of two titles has for itself, and where they stand. */
export interface LeftOver {
  /** Largest rarity among the words of each class that both have for themselves, and that only one has. */
  readonly both: Readonly<Record<WordClass, number>>;
  readonly one: Readonly<Record<WordClass, number>>;
  /** Words that stand in the same place: `mark 3` and `mark 4`. */
  readonly replaced: Readonly<Record<WordClass, number>>;
  /** A word between two that stand side by side in the other title: `8 plus 64gb` and `8 64gb`. */
  readonly inserted: Readonly<Record<WordClass, number>>;
}

const CLASSES = ['short', 'word'] as const;

export function compareLeftOver(a: MatchProfile, b: MatchProfile): LeftOver {
  const [ofA, ofB] = [wordsOnlyIn(a, b), wordsOnlyIn(b, a)];
  const both = { short: 0, word: 0 };
  const one = { short: 0, word: 0 };
  const replaced = { short: 0, word: 0 };
  const inserted = { short: 0, word: 0 };
  for (const kind of CLASSES) {
    const [inA, inB] = [rarest(ofA, kind, a), rarest(ofB, kind, b)];
    if (inA > 0 && inB > 0) both[kind] = Math.min(inA, inB);
    else one[kind] = Math.max(inA, inB);
    inserted[kind] = Number(hasInserted(ofA, kind, b) || hasInserted(ofB, kind, a));
  }
  for (const [word, { kind, before }] of ofA) {
    if (before === null) continue;
    for (const [other, place] of ofB) {
      if (place.before !== before || word === other) continue;
      replaced[kind === 'short' && place.kind === 'short' ? 'short' : 'word'] = 1;
    }
  }
  return { both, one, replaced, inserted };
}

type Words = readonly (readonly [word: string, place: TellingWord])[];

function wordsOnlyIn(from: MatchProfile, to: MatchProfile): Words {
  return [...from.tellingWords].filter(
    ([word]) => !to.rarities.has(word) && !to.codes.runs.has(word) && !isPartOfWordOf(word, from, to),
  );
}

/** Whether one word of the other title is this word and its neighbours: `tz` of `tz 70`, beside `tz70`. */
function isPartOfWordOf(word: string, from: MatchProfile, to: MatchProfile): boolean {
  for (const other of to.rarities.keys()) {
    if (other.length > word.length && other.includes(word) && from.codes.runs.has(other)) return true;
  }
  return false;
}

function rarest(words: Words, kind: WordClass, { rarities }: MatchProfile): number {
  let largest = 0;
  for (const [word, place] of words) if (place.kind === kind) largest = Math.max(largest, rarities.get(word) ?? 0);
  return largest;
}

function hasInserted(words: Words, kind: WordClass, to: MatchProfile): boolean {
  return words.some(
    ([, place]) =>
      place.kind === kind && place.before !== null && to.neighbours.has(`${place.before} ${place.after ?? ''}`),
  );
}
