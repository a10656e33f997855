import { beforeAll, describe, expect, it } from 'vitest';
import type { ExtractedOffer } from '../../shared/prices/offer.ts';
import { extractOffer } from '../../shared/prices/page/extract-offer.ts';
import { type LabelledPage, loadProductPages } from './product-pages.ts';
import { count, emptyTally, f1, type SameAnswer, sameNumber, sameText } from './score.ts';

const dataDir = process.env.MAGPIE_DATA;

describe.skipIf(!dataDir)('labelled product pages (skipped where MAGPIE_DATA names no data folder)', () => {
  let read: { page: LabelledPage; offer: ExtractedOffer }[] = [];

  beforeAll(() => {
    read = loadProductPages(dataDir ?? '').map((page) => ({ page, offer: extractOffer(page.html, page.url).offer }));
  });

  it.each([
    ['price', 0.88, (offer: ExtractedOffer) => offer.price?.amount ?? null, sameNumber],
    ['sku', 0.84, (offer: ExtractedOffer) => offer.sku, sameText],
    ['brand', 0.7, (offer: ExtractedOffer) => offer.brand, sameText],
  ] as [attribute: 'price' | 'sku' | 'brand', number, (offer: ExtractedOffer) => string | null, SameAnswer][])(
    'F1 of the %s is at least %d',
    (attribute, wanted, answer, same) => {
      const tally = emptyTally();
      for (const { page, offer } of read) count(tally, answer(offer), page.truth[attribute] ?? [], same);
      expect(f1(tally)).toBeGreaterThanOrEqual(wanted);
    },
  );

  it('finds most of what is out of stock, and says InStock of hardly anything that is', () => {
    const isOut = ({ page }: (typeof read)[number]): boolean =>
      page.truth.availability?.includes('OutOfStock') ?? false;
    const out = read.filter(isOut);
    const saidIn = read.filter(({ offer }) => offer.availability === 'InStock');
    expect(out.filter(({ offer }) => offer.availability === 'OutOfStock').length / out.length).toBeGreaterThanOrEqual(
      0.6,
    );
    expect(saidIn.filter((entry) => !isOut(entry)).length / saidIn.length).toBeGreaterThanOrEqual(0.97);
    expect(saidIn.length).toBeGreaterThan(read.length / 2);
  });
});
