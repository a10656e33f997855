import type { ExtractedOffer } from '../offer.ts';

/** From this probability on a price is certain. Chosen on labelled pages with each shop left out in turn (`bench/train-extractor.ts --check`). */
const CERTAIN = 0.8;

/** Whether a page's price is sure enough to be a deal, history or an alert. */
export function isCertainPrice({ probability }: Pick<ExtractedOffer, 'probability'>): boolean {
  return (probability['price'] ?? 0) >= CERTAIN;
}
