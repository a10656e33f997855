/**
 * Accuracy of the extractor on the labelled product pages: F1 per attribute, and for stock state the recall of
 * OutOfStock with the precision of InStock, over the hosts that were looked at, those that were not, and all.
 *
 *     MAGPIE_DATA=../shared/data node bench/extraction-accuracy.ts [--errors]
 */

import type { ExtractedOffer } from '../shared/prices/offer.ts';
import { extractOffer } from '../shared/prices/page/extract-offer.ts';
import { type LabelledPage, loadProductPages } from './extraction/product-pages.ts';
import {
  count,
  emptyTally,
  f1,
  type SameAnswer,
  sameNumber,
  sameNumberOrThousands,
  sameText,
} from './extraction/score.ts';

const ATTRIBUTES: [name: 'price' | 'sku' | 'brand' | 'gtin' | 'mpn' | 'availability', SameAnswer][] = [
  ['price', sameNumber],
  ['availability', sameText],
  ['sku', sameText],
  ['brand', sameText],
  ['gtin', sameText],
  ['mpn', sameText],
];

const dataDir = process.env.MAGPIE_DATA;
if (dataDir === undefined) throw new Error('MAGPIE_DATA is not set: it names the folder with the labelled pages');
const showErrors = process.argv.includes('--errors');

const read = loadProductPages(dataDir).map((page) => ({ page, offer: extractOffer(page.html, page.url).offer }));
report(
  'seen',
  read.filter(({ page }) => page.seen),
);
report(
  'unseen',
  read.filter(({ page }) => !page.seen),
);
report('all', read);

function report(name: string, pages: { page: LabelledPage; offer: ExtractedOffer }[]): void {
  const figures = ATTRIBUTES.map(([attribute, same]) => {
    const tally = emptyTally();
    for (const { page, offer } of pages) {
      const answer = answerOf(offer, attribute);
      const truths = page.truth[attribute] ?? [];
      const before = tally.right;
      count(tally, answer, truths, same);
      if (showErrors && name === 'seen' && tally.right === before && (answer !== null || truths.length > 0)) {
        const evidence = offer.evidence[attribute]?.map(
          ({ source, raw, confidence }) => `${source} ${confidence} ${raw.slice(0, 40)}`,
        );
        console.log(
          `${attribute}\t${page.id.slice(0, 6)}\t${new URL(page.url).host}\t${answer}\t${truths}\t${evidence?.slice(0, 5).join(' | ')}`,
        );
      }
    }
    return `${attribute} ${f1(tally).toFixed(3)}`;
  });
  const prices = emptyTally();
  for (const { page, offer } of pages) {
    count(prices, offer.price?.amount ?? null, page.truth.price ?? [], sameNumberOrThousands);
  }
  console.log(`${name} (${pages.length} pages)`);
  console.log(`  F1: ${figures.join('  ')}`);
  console.log(`  price where the label's dot may group thousands: ${f1(prices).toFixed(3)}; ${stockFigures(pages)}`);
}

function answerOf(offer: ExtractedOffer, attribute: (typeof ATTRIBUTES)[number][0]): string | null {
  return attribute === 'price' ? (offer.price?.amount ?? null) : offer[attribute];
}

function stockFigures(pages: { page: LabelledPage; offer: ExtractedOffer }[]): string {
  const isOut = ({ page }: { page: LabelledPage }): boolean => page.truth.availability?.includes('OutOfStock') ?? false;
  const out = pages.filter(isOut);
  const found = out.filter(({ offer }) => offer.availability === 'OutOfStock').length;
  const saidIn = pages.filter(({ offer }) => offer.availability === 'InStock');
  const right = saidIn.filter((entry) => !isOut(entry)).length;
  return `OutOfStock recall ${found}/${out.length}, InStock precision ${right}/${saidIn.length}`;
}
