/*
 * Scripts that put no spaces between words, each for the inside of a character class of a regular expression with the flag
 * `u`. What readers know of them stands here alone, so that a language in any of them is only its list of words.
 */

/** Those whose letters are sounds, as in Latin: a word has many of them. */
export const UNSPACED_ALPHABETS = '\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';

/** Hiragana and katakana, with the mark of a long vowel, which Unicode counts to neither. */
export const KANA = '\\p{Script=Hiragana}\\p{Script=Katakana}ー';

/** All of them. A word may begin and end anywhere, so that texts are read character by character. */
export const UNSPACED = `\\p{Script=Han}${KANA}${UNSPACED_ALPHABETS}`;

/**
 * With Hangul, for what Korean writes together although it spaces its words: compounds (`노트북가방`), and a currency behind
 * its number with what follows.
 */
export const UNSPACED_OR_HANGUL = `${UNSPACED}\\p{Script=Hangul}`;
