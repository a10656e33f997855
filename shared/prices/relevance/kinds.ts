import { wordsOf } from '../words/compile.ts';
import { ACCESSORIES, type Accessory, KINDS, type Kind } from '../words/words.ts';
import { fold, words } from './words.ts';

export interface Phrase {
  /** What it stands for: a kind of thing, whose names in all languages stand for each other, or of accessory. */
  readonly concept: string;
  readonly accessory: boolean;
}

const PHRASE_OF: ReadonlyMap<Kind | Accessory, Phrase> = new Map<Kind | Accessory, Phrase>([
  ...KINDS.map((kind) => [kind, { concept: `kind ${kind}`, accessory: false }] as const),
  ...ACCESSORIES.map((kind) => [kind, { concept: kind, accessory: true }] as const),
]);

const PHRASES = new Map<string, Phrase>();
for (const kind of KINDS)
  addNames(
    wordsOf(({ kinds }) => kinds?.[kind]),
    PHRASE_OF.get(kind)!,
  );
for (const kind of ACCESSORIES)
  addNames(
    wordsOf(({ accessories }) => accessories?.[kind]),
    PHRASE_OF.get(kind)!,
  );

function addNames(names: readonly string[], phrase: Phrase): void {
  for (const name of names) {
    const key = words(name)
      .map(({ text }) => text)
      .join(' ');
    if (!PHRASES.has(key)) PHRASES.set(key, phrase);
  }
}

export const LONGEST_PHRASE = 4;

/** What a word or phrase (in the form that `words` gives, joined with single spaces) is the name of. */
export function findPhrase(text: string): Phrase | null {
  return PHRASES.get(text) ?? null;
}

/** Last parts of compounds, the longest first: Kopfhörerständer is a Ständer. */
const ENDINGS: readonly (readonly [ending: string, phrase: Phrase])[] = Array.from(PHRASE_OF)
  .flatMap(([kind, phrase]) =>
    wordsOf(({ compoundEndings }) => compoundEndings?.[kind]).map((ending) => [fold(ending), phrase] as const),
  )
  .toSorted((a, b) => b[0].length - a[0].length);
const MIN_FIRST_PART = 3;

/** What a compound is by its last part; null for a word that is none. */
export function findCompound(word: string): Phrase | null {
  const found = ENDINGS.find(([ending]) => word.length >= ending.length + MIN_FIRST_PART && word.endsWith(ending));
  return found?.[1] ?? null;
}

/** Letters of the longest name in a script without spaces, generously. */
const LONGEST_UNSPACED = 20;

/** The longest name at `at` in a run of a script without spaces; null where none begins. */
export function findInRun(run: string, at: number): { text: string; phrase: Phrase } | null {
  for (let length = Math.min(LONGEST_UNSPACED, run.length - at); length > 0; length -= 1) {
    const text = run.slice(at, at + length);
    const phrase = findPhrase(text);
    if (phrase !== null) return { text, phrase };
  }
  return null;
}
