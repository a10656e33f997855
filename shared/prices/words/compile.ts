import { languages } from '#price-words';
import { UNSPACED } from '../../text/unspaced-scripts.ts';
import type { LanguageWords, Words } from './words.ts';

/** The entries of one meaning in all languages, each once. */
export function wordsOf(meaning: (language: LanguageWords) => Words | undefined): string[] {
  return [...new Set(languages.flatMap((language) => meaning(language) ?? []))];
}

/**
 * The entries as one alternation, without the group around it. Groups in entries do not capture, so that a pattern's own
 * groups keep their numbers.
 */
export function alternatives(entries: Words): string {
  return entries.map((entry) => entry.replace(/(?<!\\)\((?!\?)/g, '(?:')).join('|');
}

/** Matches where an entry stands anywhere in a text. */
export function anywhere(entries: Words): RegExp {
  return new RegExp(alternatives(entries), 'iu');
}

/** Matches where a word, or a character of a script without spaces, begins with an entry. */
export function wordBeginning(entries: Words): RegExp {
  return new RegExp(`(?:(?<![\\p{L}\\p{N}])|(?=[${UNSPACED}]))(?:${alternatives(entries)})`, 'iu');
}

/** Matches where an entry stands between other characters than letters; `…` lifts that on its side. */
export function wholeWords(entries: Words): RegExp {
  return new RegExp(bounded(entries, '(?<!\\p{L})', '(?!\\p{L})'), 'iu');
}

/** Matches a text that is an entry and nothing else. */
export function wholeText(entries: Words): RegExp {
  return new RegExp(`^(?:${alternatives(entries)})$`, 'iu');
}

/** Matches names in markup that hold an entry between other characters than a–z; `…` lifts that on its side. */
export function inNames(entries: Words): RegExp {
  return new RegExp(bounded(entries, '(?<![a-z])', '(?![a-z])'), 'i');
}

/** The entries as one alternation, each with the bounds that its `…` leave. Entries with the same bounds stand together. */
export function bounded(entries: Words, before: string, after: string): string {
  const groups = Map.groupBy(
    entries,
    (entry) => `${entry.startsWith('…') ? '' : before} ${entry.endsWith('…') ? '' : after}`,
  );
  return Array.from(groups, ([bounds, group]) => {
    const [left, right] = bounds.split(' ');
    return `${left}(?:${alternatives(group.map((entry) => entry.replace(/^…|…$/g, '')))})${right}`;
  }).join('|');
}
