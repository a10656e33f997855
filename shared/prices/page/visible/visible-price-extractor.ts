import type { Extractor } from '../extractor.ts';
import { Ballot } from '../vote.ts';
import {
  confidenceIn,
  findPriceCandidates,
  isCalledOld,
  isSurelyOld,
  type PriceCandidate,
} from './price-candidates.ts';
import { OF_OTHERS } from './surroundings.ts';

/** The old price stands this many texts or fewer from the new one. */
const LIST_PRICE_REACH = 12;
const MAX_VOTES = 6;

/** The price that stands where a reader looks for it, and the old one beside it. */
export const visiblePrice: Extractor = {
  name: 'visible-price',
  vote(page) {
    const ballot = new Ballot();
    const candidates = findPriceCandidates(page);
    const ranked = candidates
      .filter((candidate) => !isSurelyOld(candidate))
      .map((candidate) => ({ candidate, confidence: confidenceIn(candidate) }))
      .sort((a, b) => b.confidence - a.confidence)
      .map(({ candidate }) => candidate);
    const best = ranked[0];
    if (!best) return [];
    const amounts = new Set<number>();
    for (const candidate of ranked) {
      const { price, text, signals } = candidate;
      if (amounts.has(Number(price.amount))) continue;
      ballot.add('price', price, text, signals);
      amounts.add(Number(price.amount));
      if (amounts.size >= MAX_VOTES) break;
    }
    const listPrice = candidates
      .filter((candidate) => isListPriceOf(candidate, best))
      .sort((a, b) => Math.abs(a.at - best.at) - Math.abs(b.at - best.at))[0];
    if (listPrice) ballot.add('listPrice', listPrice.price, listPrice.text, 0.8 * confidenceIn(best));
    return ballot.votes;
  },
};

function isListPriceOf(candidate: PriceCandidate, best: PriceCandidate): boolean {
  return (
    (isCalledOld(candidate) || isSurelyOld(candidate)) &&
    (candidate.around & OF_OTHERS & ~best.around) === 0 &&
    Math.abs(candidate.at - best.at) <= LIST_PRICE_REACH &&
    Number(candidate.price.amount) > Number(best.price.amount) &&
    candidate.price.currency === best.price.currency
  );
}
