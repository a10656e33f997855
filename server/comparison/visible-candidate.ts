import { visibleLine } from '../../shared/text/visible-text.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';

/** No title that is one is longer, and no other field is as long. */
const MAX_LENGTH = 300;

/** A title, a brand, a number as people see it, cut to its maximum length. */
export function visibleField(text: string): string {
  return visibleLine(text).slice(0, MAX_LENGTH).toWellFormed();
}

/** What a shop says of an offer, as people see it: the door through which the text of all shops enters. */
export function visibleCandidate(candidate: CandidateOffer): CandidateOffer {
  const { title, brand, gtin, mpn, sku } = candidate;
  return {
    ...candidate,
    title: visibleField(title),
    brand: brand && visibleField(brand),
    gtin: gtin && visibleField(gtin),
    mpn: mpn && visibleField(mpn),
    sku: sku && visibleField(sku),
  };
}
