import { describe, expect, it } from 'vitest';
import { bestDeal, dealsAmong, type RankedOffer, rankOffers, sentenceFor, standingOf } from './best-deal.ts';
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
    total: EUR(price + (shipping ?? 0)),
    availability: 'InStock',
    condition: null,
    unconfirmed: false,
    ...change,
  };
}

const choose = (...offers: RankedOffer[]) => bestDeal(rankOffers(offers));
const sentence = (...offers: RankedOffer[]) => sentenceFor(choose(...offers)!.reason, cents);

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
  it('is by total, then by standing, then by known shipping, then by shop', () => {
    const offers = [
      offer('gone', { availability: 'SoldOut' }),
      offer('later', { availability: 'BackOrder' }),
      offer('untold', { availability: null }),
      offer('no-shipping', { shipping: null }),
      offer('b'),
      offer('a'),
      offer('low-price', { price: 900, shipping: 300 }),
      offer('low-total', { price: 950 }),
    ];
    expect(rankOffers(offers).map(({ shopId }) => shopId)).toEqual([
      'low-total',
      'a',
      'b',
      'no-shipping',
      'untold',
      'later',
      'gone',
      'low-price',
    ]);
  });
});

describe('the offers that may be the best deal', () => {
  const used = offer('used', { condition: 'UsedCondition' });
  const held = offer('held', { unconfirmed: true });
  const gone = offer('gone', { availability: 'OutOfStock' });
  const asNew = offer('new', { condition: 'NewCondition', availability: 'PreOrder' });

  it('are for sale at a confirmed price, and new where any is', () => {
    expect(dealsAmong([used, held, gone, asNew])).toEqual({ deals: [asNew], onlyUsed: false });
  });

  it('are used goods only where none is new', () => {
    expect(dealsAmong([used, held, gone])).toEqual({ deals: [used], onlyUsed: true });
    expect(dealsAmong([held, gone])).toEqual({ deals: [], onlyUsed: false });
  });
});

describe('the best deal', () => {
  it('is in stock before it is cheap', () => {
    const later = offer('later', { price: 1, availability: 'PreOrder' });
    const untold = offer('untold', { price: 2, availability: null });
    expect(choose(later, untold, offer('there'))?.offer.shopId).toBe('there');
    expect(choose(later, untold)?.offer.shopId).toBe('untold');
    expect(choose(later)?.offer.shopId).toBe('later');
    expect(choose()).toBeNull();
  });

  it('gives its reason in values', () => {
    const untold = offer('untold', { price: 900, shipping: null });
    expect(
      choose(untold, offer('told', { price: 950 }), offer('later', { availability: 'BackOrder' }))?.reason,
    ).toEqual({
      standing: 'inStock',
      nOffers: 2,
      price: EUR(900),
      shipping: null,
      lowestKnown: { shopName: 'Shop told', total: EUR(950) },
      onlyUsed: false,
    });
  });

  it('gives its reason as a sentence with amounts as the reader writes them', () => {
    expect(sentence(offer('a', { price: 1200, shipping: 490 }), offer('b', { price: 1800 }))).toBe(
      'Lowest total of 2 offers in stock: 1200 ct plus 490 ct shipping.',
    );
    expect(sentence(offer('a', { availability: null }))).toBe(
      'The only offer, though no shop says that it is in stock; shipping is free.',
    );
    expect(sentence(offer('a', { price: 900, shipping: null }), offer('b', { price: 950 }))).toBe(
      'Lowest price of 2 offers in stock; the shop does not say what shipping costs, with it 950 ct at Shop b is the lowest known.',
    );
    expect(sentence(offer('a', { availability: 'BackOrder', condition: 'UsedCondition', shipping: null }))).toBe(
      'The only offer that can be ordered, though not in stock now; the shop does not say what shipping costs; used goods, as nobody offers it new.',
    );
  });
});
