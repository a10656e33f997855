import type { Extractor } from '../extractor.ts';
import { Ballot } from '../vote.ts';
import { findPriceCandidates, type PriceCandidate } from './price-candidates.ts';
import { SAYS_FREE, SHIPPING_FREE, SHIPPING_WORDS } from './shipping-words.ts';
import { AROUND, NOT_OWN } from './surroundings.ts';

const NOT_OWN_SHIPPING = NOT_OWN | AROUND.struck;
/** What a product costs to send stands near it; rules for all orders stand further off. */
const BEFORE_TITLE = 10;
const AFTER_TITLE = 120;
const MAX_FREE_LENGTH = 40;
/** Confidence in a rate beside the product; the page does not say for which country it holds. */
const RATE = 0.6;
const FREE = 0.5;

/** What the sending costs, where the page tells it near the product: "Postage: £4.20", "+ 4,90 € Versand". */
export const visibleShipping: Extractor = {
  name: 'visible-shipping',
  fills: ['shipping'],
  vote(page) {
    const ballot = new Ballot();
    const { layout } = page;
    const candidates = findPriceCandidates(page);
    const rate = candidates.find((candidate) => isRate(candidate, layout.titleAt));
    if (rate) {
      ballot.add('shipping', rate.price, `${rate.label} ${rate.text}`.trim(), RATE);
      return ballot.votes;
    }
    const currency = candidates[0]?.price.currency ?? null;
    for (const { node, text } of layout.around(BEFORE_TITLE, AFTER_TITLE, MAX_FREE_LENGTH)) {
      if (!SHIPPING_FREE.test(text) || (layout.bitsAround(node) & (NOT_OWN_SHIPPING | AROUND.link)) !== 0) continue;
      ballot.add('shipping', { amount: '0', currency }, text, FREE);
      break;
    }
    return ballot.votes;
  },
};

function isRate({ around, text, label, remark, at }: PriceCandidate, titleAt: number): boolean {
  if ((around & NOT_OWN_SHIPPING) !== 0 || at < titleAt - BEFORE_TITLE || at > titleAt + AFTER_TITLE) return false;
  const words = [text, label, remark];
  return words.some((part) => SHIPPING_WORDS.test(part)) && !words.some((part) => SAYS_FREE.test(part));
}
