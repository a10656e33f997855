import { describe, expect, it } from 'vitest';
import { bestDeal, type RankedOffer, rankOffers, sentenceFor, standingOf } from './best-deal.ts';
import { AVAILABILITIES } from './offer.ts';

const EUR = (minor: number) => ({ minor, currency: 'EUR' });
const cents = ({ minor }: { minor: number }) => `${minor} ct`;

/** A new offer of 10.00 EUR in stock, with known, free shipping. */
function offer(
  shopId: string,
  {
    price = 1000,
    shipping = 0 as number | null,
    ...change
  }: Partial<Omit<RankedOffer, 'price' | 'shipping'>> & { price?: number; shipping?: number | null } = {},
): RankedOffer {
  return {
    shopId,
    shopName: `Shop ${shopId}`,
    price: EUR(price),
    shipping: shipping === null ? null : EUR(shipping),
    total: shipping === null ? null : EUR(price + shipping),
    availability: 'InStock',
    condition: null,
    unconfirmed: false,
    ...change,
  };
}

describe('the standing of an offer', () => {
  it('is told for every availability, and uncertain where the shop does not say', () => {
    expect(Object.groupBy(AVAILABILITIES, standingOf)).toEqual({
      inStock: ['InStock', 'LimitedAvailability', 'OnlineOnly'],
      later: ['InStoreOnly', 'MadeToOrder', 'PreOrder', 'PreSale', 'BackOrder'],
      gone: ['Reserved', 'OutOfStock', 'SoldOut', 'Discontinued'],
    });
    expect(standingOf(null)).toBe('uncertain');
  });
});

describe('the order of offers', () => {
  it('is by known total, then by price where the total is unknown', () => {
    const offers = [
      offer('unknown-dear', { price: 300, shipping: null }),
      offer('unknown', { price: 200, shipping: null }),
      offer('b'),
      offer('a'),
      offer('low-price', { price: 900, shipping: 300 }),
      offer('low-total', { price: 950 }),
    ];
    expect(rankOffers(offers).map(({ shopId }) => shopId)).toEqual([
      'low-total',
      'a',
      'b',
      'low-price',
      'unknown',
      'unknown-dear',
    ]);
  });

  it('is among equals by how surely they can be had, then by shop', () => {
    const offers = [
      offer('gone', { availability: 'SoldOut' }),
      offer('later', { availability: 'BackOrder' }),
      offer('untold', { availability: null }),
      offer('sure'),
    ];
    expect(rankOffers(offers).map(({ shopId }) => shopId)).toEqual(['sure', 'untold', 'later', 'gone']);
  });
});

describe('the best deal', () => {
  const best = (...offers: RankedOffer[]) => bestDeal(offers)?.offer.shopId;

  it('is the lowest known total', () => {
    expect(best(offer('dear', { price: 990, shipping: 100 }), offer('there'))).toBe('there');
    expect(best()).toBeUndefined();
  });

  it('is never known to be out of stock', () => {
    expect(best(offer('gone', { price: 1, availability: 'OutOfStock' }), offer('there'))).toBe('there');
    expect(best(offer('gone', { availability: 'SoldOut' }))).toBeUndefined();
  });

  it('has a certain price', () => {
    expect(best(offer('held', { price: 1, unconfirmed: true }), offer('there'))).toBe('there');
    expect(best(offer('held', { unconfirmed: true }))).toBeUndefined();
  });

  it('is new where any is', () => {
    const used = offer('used', { price: 1, condition: 'UsedCondition' });
    expect(best(used, offer('there'))).toBe('there');
    expect(bestDeal([used, offer('held', { unconfirmed: true })])).toMatchObject({
      offer: used,
      reason: { onlyUsed: true },
    });
  });

  it('can be had now rather than later, however cheap', () => {
    const later = offer('later', { price: 1, availability: 'PreOrder' });
    expect(best(later, offer('there'))).toBe('there');
    expect(best(later, offer('untold', { availability: null }))).toBe('untold');
    expect(best(later)).toBe('later');
  });

  describe('where stock is not stated', () => {
    const untold = offer('untold', { price: 900, availability: null });

    it('competes equally', () => {
      expect(best(untold, offer('there'))).toBe('untold');
      expect(best({ ...untold, price: EUR(1000), total: EUR(1000) }, offer('there'))).toBe('there');
    });

    it('stands back where that shop says of other goods that they are sold out', () => {
      const soldOut = offer('untold', { availability: 'SoldOut' });
      expect(best(untold, soldOut, offer('there'))).toBe('there');
      expect(best(untold, soldOut)).toBe('untold');
      expect(best(untold, offer('other', { availability: 'SoldOut' }), offer('there'))).toBe('untold');
    });
  });

  describe('of unknown total', () => {
    const unknown = offer('unknown', { price: 500, shipping: null });

    it('is best where no total is known, by price', () => {
      expect(best(offer('dear', { price: 600, shipping: null }), unknown)).toBe('unknown');
    });

    it('is not best beside a known one while its shop states no shipping at all', () => {
      expect(best(unknown, offer('known'))).toBe('known');
    });

    it('is best where it stays lower with the largest shipping that its shop states', () => {
      const small = offer('unknown', { price: 3000, shipping: 100 });
      const large = offer('unknown', { price: 3000, shipping: 499 });
      expect(bestDeal([unknown, small, large, offer('known')])).toMatchObject({
        offer: unknown,
        reason: {
          shipping: null,
          shippingAtMost: EUR(499),
          lowestKnown: { shopName: 'Shop known', total: EUR(1000) },
          nOffers: 4,
        },
      });
    });

    it('is not best where it may be as dear as a known one', () => {
      expect(best(unknown, offer('unknown', { price: 3000, shipping: 500 }), offer('known'))).toBe('known');
    });

    it('is compared with others of unknown total by the most that each may cost', () => {
      const cheaper = offer('cheaper', { price: 400, shipping: null });
      expect(
        best(
          unknown,
          cheaper,
          offer('unknown', { price: 3000, shipping: 100 }),
          offer('cheaper', { price: 3000, shipping: 300 }),
          offer('known'),
        ),
      ).toBe('unknown');
    });
  });

  it('gives its reason as a sentence with amounts as the reader writes them', () => {
    const sentence = (...offers: RankedOffer[]) => sentenceFor(bestDeal(offers)!.reason, cents);
    expect(sentence(offer('a', { price: 1200, shipping: 490 }), offer('b', { price: 1800 }))).toBe(
      'Lowest total of 2 offers that can be had now: 1200 ct plus 490 ct shipping.',
    );
    expect(sentence(offer('a', { availability: null }))).toBe(
      'The only offer, though the shop does not say that it is in stock; shipping is free.',
    );
    expect(
      sentence(
        offer('a', { price: 900, shipping: null }),
        offer('a', { price: 2000, shipping: 40 }),
        offer('b', { price: 950 }),
      ),
    ).toBe(
      'Lowest price of 3 offers that can be had now; the shop does not say what shipping costs, but with 40 ct, the most that it asks elsewhere, it stays below 950 ct at Shop b.',
    );
    expect(sentence(offer('a', { availability: 'BackOrder', condition: 'UsedCondition', shipping: null }))).toBe(
      'The only offer that can be ordered, though not in stock now; the shop does not say what shipping costs; used goods, as nobody offers it new.',
    );
  });
});
