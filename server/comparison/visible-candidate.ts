import { visibleLine } from '../../shared/text/visible-text.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';

const MAX_TITLE_LENGTH = 300;

/** A title as people see it, cut to its maximum length. */
export function visibleTitle(title: string): string {
  return visibleLine(title).slice(0, MAX_TITLE_LENGTH).toWellFormed();
}

/** What a shop says of an offer, as people see it: the door through which the text of all shops enters. */
export function visibleCandidate(candidate: CandidateOffer): CandidateOffer {
  const { title, brand, gtin, mpn, sku } = candidate;
  return {
    ...candidate,
    title: visibleTitle(title),
    brand: brand && visibleLine(brand),
    gtin: gtin && visibleLine(gtin),
    mpn: mpn && visibleLine(mpn),
    sku: sku && visibleLine(sku),
  };
}
