import iconv from 'iconv-lite';

/** What files of shops are in that are not UTF-8, the commonest first. */
const CANDIDATES = [
  ...['windows-1252', 'windows-1250', 'windows-1251', 'cp850', 'macintosh'],
  ...['shift_jis', 'gb18030', 'euc-kr', 'big5'],
];
/** So many words tell encodings apart. */
const MAX_WORDS = 20;
const MAX_SHOWN = 4;
/** A word that is mostly made of these in a Latin alphabet was written in another one. */
const MAX_ACCENTED_SHARE = 0.5;

/** Encodings in which words make sense, and how the first one reads in them: the end of a sentence. */
export function describeEncodings(words: readonly Buffer[]): string {
  const sample = words.slice(0, MAX_WORDS);
  const likely = CANDIDATES.filter((encoding) => sample.every((word) => isPlausible(iconv.decode(word, encoding))));
  if (likely.length === 0) return 'often windows-1252 (Western Europe), windows-1251 (Cyrillic), shift_jis or gb18030';
  return likely
    .slice(0, MAX_SHOWN)
    .map((encoding) => `${encoding} would read "${iconv.decode(sample[0]!, encoding).slice(0, 40)}" there`)
    .join(', ');
}

const ACCENTED = /[^\0-\x7f\p{P}\p{S}]/gu;
/** Signs and punctuation that text holds, beside ASCII's. */
const USUAL_SIGN = /[€£¥§°²³®©™–—‘’‚“”„…«»·•ºª½¼¾×¿¡]/gu;

/** Whether a word is of one alphabet, as words of people and shops are. */
function isPlausible(word: string): boolean {
  const letters = word.replace(USUAL_SIGN, '').replace(/[\x21-\x40\x5b-\x60\x7b-\x7e]/g, '');
  if (/^\p{Script=Latin}*$/u.test(letters)) {
    return (letters.match(ACCENTED)?.length ?? 0) <= Math.max(1, MAX_ACCENTED_SHARE * letters.length);
  }
  return /^(?:\p{Script=Cyrillic}+|\p{Script=Greek}+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|\p{Script=Hangul}+)$/u.test(
    letters,
  );
}
