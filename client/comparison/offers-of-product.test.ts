import { describe, expect, test } from 'vitest';
import type { BestDeal, ComparedOffer } from '../../shared/api/comparison.ts';
import { aComparison, anOffer } from './an-offer.test-data.ts';
import { finishedComparison, NOTHING_YET } from './live-comparison.ts';
import { offersOfProduct } from './offers-of-product.ts';

function deal({ shop, shop_name, url, title, total }: ComparedOffer): BestDeal {
  return { shop, shop_name, url, title, total, reason: 'Lowest total of 2 offers that can be had now.' };
}

const other = anOffer('ash', '10.00', { product_id: '8' });
const unknown = anOffer('doe', '15.00');
const soldOut = anOffer('bay', '20.00', { product_id: '7', availability: 'SoldOut' });
const dear = anOffer('cob', '30.00', { product_id: '7', availability: 'InStock' });

describe('offersOfProduct', () => {
  test('offers of another product, or of none, stand apart, however cheap, and are not the best deal', () => {
    const live = finishedComparison(aComparison([other, unknown, soldOut, dear], { best: deal(other) }));
    const { offers, unmatched, others, best, isUncertain } = offersOfProduct(live, '7');
    expect(offers).toEqual([soldOut, dear]);
    expect(unmatched).toEqual([unknown]);
    expect(others).toEqual([other]);
    expect(best?.url).toBe(dear.url);
    expect(isUncertain).toBe(false);
  });

  test('a doubtful price and used goods are not the best deal while there is something better', () => {
    const doubtful = { ...dear, url: 'https://doe.example/1', unconfirmed: true };
    const used = { ...dear, url: 'https://eve.example/1', condition: 'UsedCondition' as const };
    const best = (...offers: ComparedOffer[]) =>
      offersOfProduct(finishedComparison(aComparison([other, ...offers])), '7').best?.url;
    expect(best(doubtful, used, dear)).toBe(dear.url);
    expect(best(doubtful, used)).toBe(used.url);
    expect(best(doubtful)).toBeUndefined();
  });

  test("keeps the server's choice and its reason where it is of this product", () => {
    const live = finishedComparison(aComparison([soldOut, dear], { best: deal(dear) }));
    expect(offersOfProduct(live, '7').best).toEqual(deal(dear));
  });

  test('where nothing matches, everything is shown and called uncertain', () => {
    const live = finishedComparison(aComparison([other], { best: deal(other) }));
    expect(offersOfProduct(live, '7')).toEqual({
      offers: [other],
      unmatched: [],
      others: [],
      best: deal(other),
      isUncertain: true,
    });
  });

  test('while shops are still being asked, there is no best deal yet', () => {
    expect(offersOfProduct({ ...NOTHING_YET, offers: [dear] }, '7')).toEqual({
      offers: [dear],
      unmatched: [],
      others: [],
      best: null,
      isUncertain: false,
    });
  });
});
