import type { Extractor } from '../extractor.ts';
import { findPriceCandidates, isCalledOld, isStruck, type PriceCandidate } from '../visible/price-candidates.ts';
import { AROUND } from '../visible/surroundings.ts';
import { Ballot } from '../vote.ts';

/** The old price stands this many texts or fewer from the new one. */
const LIST_PRICE_REACH = 12;
/** However well it stands, an amount in the text is less sure than one that is declared to be the price. */
const MAX_CONFIDENCE = 0.82;
const MAX_VOTES = 4;
/** Where a page shows the prices of other products. One that stands alone there is not enough to be sure of. */
const OF_OTHERS = AROUND.elsewhere | AROUND.card | AROUND.navigation;
const OF_OTHERS_SHARE = 0.5;

/** The price that stands where a reader looks for it, and the struck one beside it. */
export const visiblePrice: Extractor = {
  name: 'visible-price',
  vote(page) {
    const ballot = new Ballot();
    const candidates = findPriceCandidates(page);
    const ranked = candidates
      .filter((candidate) => !isStruck(candidate))
      .sort((a, b) => confidenceIn(b) - confidenceIn(a));
    const best = ranked[0];
    if (!best) return [];
    const amounts = new Set<string>();
    for (const candidate of ranked) {
      const { price, text } = candidate;
      if (amounts.has(price.amount)) continue;
      ballot.add('price', price, text, confidenceIn(candidate) / 2 ** amounts.size);
      amounts.add(price.amount);
      if (amounts.size >= MAX_VOTES) break;
    }
    const listPrice = candidates
      .filter((candidate) => isListPriceOf(candidate, best))
      .sort((a, b) => Math.abs(a.at - best.at) - Math.abs(b.at - best.at))[0];
    if (listPrice) ballot.add('listPrice', listPrice.price, listPrice.text, 0.8 * confidenceIn(best));
    return ballot.votes;
  },
};

/** A logistic curve, set so that a score of 0.5 is even. */
function confidenceIn({ score, around }: PriceCandidate): number {
  const share = (around & OF_OTHERS) !== 0 ? OF_OTHERS_SHARE : 1;
  return (share * MAX_CONFIDENCE) / (1 + Math.exp(0.6 - 1.3 * score));
}

function isListPriceOf(candidate: PriceCandidate, best: PriceCandidate): boolean {
  return (
    (isCalledOld(candidate) || isStruck(candidate)) &&
    Math.abs(candidate.at - best.at) <= LIST_PRICE_REACH &&
    Number(candidate.price.amount) > Number(best.price.amount) &&
    candidate.price.currency === best.price.currency
  );
}
