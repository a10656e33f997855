import { KANA, UNSPACED_ALPHABETS } from '../../text/unspaced-scripts.ts';

/** One word of a title or a query. */
export interface Word {
  /** Lower case, Latin letters without accents, plural -s removed. */
  readonly text: string;
  /** What joins it to the next word without a space (`-` in `wh-1000xm5`); null where a space or the end follows. */
  readonly glue: string | null;
  /** A comma, dash, bracket or the like stands between it and the next word. */
  readonly endsPhrase: boolean;
}

/** Titles are read to this length; search pages put whole descriptions into some. */
const MAX_TITLE_LENGTH = 400;

/** A run of one script where words stand without spaces, else one of letters and digits. */
const WORD = new RegExp(
  `\\p{Script=Han}+|[${KANA}]+|\\p{Script=Hangul}+|[${UNSPACED_ALPHABETS}]+|[\\p{L}\\p{M}\\p{N}]+|[+&]`,
  'gu',
);
const GLUE = /^[-./_']?$/;
const PHRASE_END = /[,;:|()[\]{}•–—!?]|\s[-/]\s/;

/** The words of a text, in order. */
export function words(text: string): Word[] {
  const folded = fold(text.slice(0, MAX_TITLE_LENGTH));
  const matches = [...folded.matchAll(WORD)];
  return matches.map((match, index) => {
    const end = match.index + match[0].length;
    const between = folded.slice(end, matches[index + 1]?.index ?? folded.length);
    return {
      text: singular(match[0]),
      glue: GLUE.test(between) && index + 1 < matches.length ? between : null,
      endsPhrase: PHRASE_END.test(between),
    };
  });
}

/** Lower case, compatibility forms unified, accents off Latin letters: `Hülle` and `HULLE` are one word. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l');
}

const PLURAL = /^[a-z]+[^su]s$/;

/** English, French, Spanish and Portuguese plurals in -s; other endings are left to comparison by prefix. */
function singular(word: string): string {
  if (word.length < 4 || !PLURAL.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  return /(?:sh|ch|x|z)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

export function hasDigit(word: string): boolean {
  return /\p{Nd}/u.test(word);
}
