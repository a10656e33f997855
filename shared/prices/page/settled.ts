import { alternatives, wordsOf } from '../words/compile.ts';
import type { NameMeaning } from '../words/words.ts';
import { STRUCK_ELEMENTS, STRUCK_STYLE } from './markup-names.ts';
import { rank } from './model/rank.ts';
import type { CastVote, Field } from './vote.ts';

/** What structured data must tell, and surely, before the page itself need not be read. */
const REQUIRED: readonly Field[] = ['title', 'price', 'availability', 'sku', 'brand', 'image'];
const SURE = 0.8;

function named(meaning: NameMeaning): string {
  return alternatives(wordsOf(({ names }) => names?.[meaning]));
}

/** Signs near an amount that it is not the price asked now, or not the only one. */
const DOUBTS = new RegExp(
  `<(?:${STRUCK_ELEMENTS.join('|')})[\\s>]|${STRUCK_STYLE.source}|(?:${named('oldOrReducedPrefix')})[-_]?(?:${named('priceStem')})|compare-at|>\\s*[-−–]?\\s?\\d\\d?\\s?%`,
  'i',
);
/** How far around an amount doubts are looked for, in characters of markup. */
const NEIGHBOURHOOD = 800;
/** An amount shown in more places than this is no longer that of one product. */
const MAX_PLACES = 40;

/**
 * Whether the votes read from structured data alone settle the offer: they tell all that matters, without doubt or
 * contradiction, and the page shows the same amount without an old price or a discount beside it (structured data is
 * often older than the page). Then no DOM is built.
 */
export function isSettled(html: string, votes: readonly CastVote[]): boolean {
  for (const field of REQUIRED) {
    const [best, second] = rank(field, votes);
    if (!best || best.probability < SURE || (second && (field === 'price' || field === 'availability'))) return false;
  }
  const price = rank('price', votes)[0]?.value;
  const sku = rank('sku', votes)[0]?.value;
  if (!price || price.currency === null || sku === undefined || !isShown(html, sku)) return false;
  return isShownWithoutDoubt(html, price.amount);
}

/** Whether a code stands in the text of a page, not only in its scripts, attributes and addresses. */
function isShown(html: string, code: string): boolean {
  for (let at = html.indexOf(code); at >= 0; at = html.indexOf(code, at + code.length)) {
    if (/[>\s:#]/.test(html.charAt(at - 1)) && /[<\s]/.test(html.charAt(at + code.length))) return true;
  }
  return false;
}

function isShownWithoutDoubt(html: string, amount: string): boolean {
  let nPlaces = 0;
  for (const { index } of html.matchAll(shownAmount(amount))) {
    nPlaces += 1;
    if (nPlaces > MAX_PLACES || DOUBTS.test(html.slice(Math.max(0, index - NEIGHBOURHOOD), index + NEIGHBOURHOOD))) {
      return false;
    }
  }
  return nPlaces > 0;
}

/** An amount in its usual spellings as text right after a tag, but for a currency or a word. */
function shownAmount(amount: string): RegExp {
  const [whole = '', fraction = ''] = amount.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, "[.,'’\\s\u00a0\u202f]?");
  const isRound = /^0*$/.test(fraction);
  const cents = isRound ? '(?:[.,](?:0{1,2}|-+))?' : `(?:[.,]|<[^<>]{0,80}>){1,2}${fraction.padEnd(2, '0')}`;
  return new RegExp(`>[^<>\\d"'{}]{0,12}${grouped}${cents}(?![\\d"'])`, 'g');
}
