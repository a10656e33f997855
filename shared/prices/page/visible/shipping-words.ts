import { alternatives, anywhere, wholeWords, wordsOf } from '../../words/compile.ts';

/** Words in, before or behind an amount that make it the price of sending. */
export const SHIPPING_WORDS = wholeWords(wordsOf(({ shipping }) => shipping));

/** A text that says nothing but that sending is free. One that sets a condition says more. */
export const SHIPPING_FREE = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:${alternatives(wordsOf(({ freeShipping }) => freeShipping))})[^\\p{L}\\p{N}]*$`,
  'iu',
);

const FREE = alternatives(wordsOf(({ free }) => free));
const SENDING = alternatives(wordsOf(({ shipping }) => shipping));

/** The same with what may stand between: `Free UK delivery`, `Livraison gratuite`. An amount beside it is no cost of sending. */
export const FREE_SENDING = new RegExp(
  `${SHIPPING_FREE.source}|^[^\\p{L}\\p{N}]*(?:(?:${FREE})\\p{L}*(?: \\p{L}+){0,2} (?:${SENDING})\\p{L}*|(?:${SENDING})\\p{L}*(?: \\p{L}+)? (?:${FREE})\\p{L}*)[^\\p{L}\\p{N}]*$`,
  'iu',
);

/** Beside such words an amount is something else: what an order must come to. */
export const SAYS_FREE = anywhere(wordsOf(({ free }) => free));
