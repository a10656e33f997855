import { describe, expect, it } from 'vitest';
import { wireBestDeal } from '../../shared/api/best-deal.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import type { PricedOffer } from './priced-offer.ts';
import { rank, ranked } from './ranking.ts';

const EUR = (minor: number) => ({ minor, currency: 'EUR' });

/** An offer of 10.00 EUR and known, free shipping by a shop of that id. */
function offer(
  id: string,
  {
    price = 1000,
    shipping = 0 as number | null,
    ...candidate
  }: Partial<Omit<CandidateOffer, 'price' | 'shipping'>> & { price?: number; shipping?: number | null } = {},
): PricedOffer {
  return {
    shop: { declaration: { id, name: `Shop ${id}` } },
    candidate: {
      title: 'Kettle',
      url: `https://shop.example/${id}`,
      price: EUR(price),
      listPrice: null,
      shipping: shipping === null ? null : EUR(shipping),
      availability: 'InStock',
      condition: null,
      brand: null,
      gtin: null,
      mpn: null,
      sku: null,
      image: null,
      ...candidate,
    },
    price: EUR(price),
    unconfirmed: false,
    listPrice: null,
    shipping: shipping === null ? null : EUR(shipping),
    total: shipping === null ? null : EUR(price + shipping),
    checkedAt: '2026-11-22T12:00:00.000Z',
  };
}

const best = (...offers: PricedOffer[]) => wireBestDeal(rank(offers).map(ranked));
const order = (...offers: PricedOffer[]) => rank(offers).map(({ shop }) => shop.declaration.id);

describe('the rank of offers', () => {
  it('is by total, not by price', () => {
    expect(order(offer('low-price', { price: 900, shipping: 300 }), offer('low-total'))).toEqual([
      'low-total',
      'low-price',
    ]);
  });

  it('puts what is surely to be had first among equal totals, and what does not tell its shipping last', () => {
    expect(
      order(
        offer('gone', { availability: 'SoldOut' }),
        offer('later', { availability: 'BackOrder' }),
        offer('untold', { availability: null }),
        offer('no-shipping', { shipping: null }),
        offer('sure'),
      ),
    ).toEqual(['sure', 'untold', 'later', 'gone', 'no-shipping']);
  });
});

describe('the best deal', () => {
  it('is the lowest total in stock, and says how it is made up', () => {
    expect(best(offer('a', { price: 1200, shipping: 490 }), offer('b', { price: 1800 }))).toEqual({
      shop: 'a',
      shop_name: 'Shop a',
      url: 'https://shop.example/a',
      title: 'Kettle',
      total: { amount: '16.90', currency: 'EUR' },
      price: { amount: '12.00', currency: 'EUR' },
      reason: 'Lowest total of 2 offers that can be had now: 12.00 EUR plus 4.90 EUR shipping.',
      why: {
        standing: 'in_stock',
        n_offers: 2,
        price: { amount: '12.00', currency: 'EUR' },
        shipping: { amount: '4.90', currency: 'EUR' },
        lowest_known: null,
        shipping_at_most: null,
        only_used: false,
      },
    });
  });

  it.each(['OutOfStock', 'SoldOut', 'Discontinued', 'Reserved'] as const)('is never %s', (availability) => {
    expect(best(offer('gone', { price: 1, availability }), offer('there'))?.shop).toBe('there');
    expect(best(offer('gone', { availability }))).toBeNull();
  });

  it('can be had now: what comes later stands back, what only lacks a word of stock does not', () => {
    const later = offer('later', { price: 1, availability: 'PreOrder' });
    expect(best(later, offer('there'))?.shop).toBe('there');
    expect(best(later, offer('untold', { price: 900, availability: null }), offer('there'))?.shop).toBe('untold');
  });

  it('says when the shop does not tell that it is in stock', () => {
    expect(
      best(offer('a', { availability: null }), offer('later', { price: 1, availability: 'BackOrder' })),
    ).toMatchObject({
      shop: 'a',
      reason: 'The only offer, though the shop does not say that it is in stock; shipping is free.',
    });
  });

  it('says when it can only be ordered', () => {
    expect(best(offer('a', { availability: 'BackOrder' }))?.reason).toBe(
      'The only offer that can be ordered, though not in stock now; shipping is free.',
    );
  });

  it('has no total where shipping is not told, and says what the lowest known total is', () => {
    const untold = offer('untold', { price: 900, shipping: null });
    expect(best(untold, offer('told', { price: 950 }))?.shop).toBe('told');
    expect(best(untold, offer('untold', { price: 2000, shipping: 40 }), offer('told', { price: 950 }))).toMatchObject({
      shop: 'untold',
      total: null,
      price: { amount: '9.00', currency: 'EUR' },
      why: {
        shipping: null,
        shipping_at_most: { amount: '0.40', currency: 'EUR' },
        lowest_known: { shop_name: 'Shop told', total: { amount: '9.50', currency: 'EUR' } },
      },
    });
    expect(best(untold)?.reason).toBe('The only offer in stock; the shop does not say what shipping costs.');
  });

  it('is new unless nobody has it new', () => {
    const used = offer('used', { price: 300, condition: 'UsedCondition' });
    expect(best(used, offer('new', { condition: 'NewCondition' }))?.shop).toBe('new');
    expect(best(used)).toMatchObject({
      shop: 'used',
      reason: expect.stringContaining('used goods, as nobody offers it new'),
    });
  });
});
