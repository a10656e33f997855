import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComparisonWorld, openComparisonWorld } from '../server/comparison/testing/comparison-world.ts';
import type { ComparedOffer, Comparison } from '../shared/api/comparison.ts';
import { fromWireMoney } from '../shared/prices/money/money.ts';
import type { Availability } from '../shared/prices/offer.ts';
import { demoProducts } from './catalogue/catalogue.ts';
import { productRecord } from './demo-records.ts';
import { type StartedDemoShops, startDemoShops } from './demo-shops.ts';
import { demoShops } from './shops/all.ts';
import type { ShopItem, ShopProfile } from './shops/profile.ts';
import { quoteOn, type Stock } from './shops/quote.ts';
import { openShopCatalogue } from './shops/shop-catalogue.ts';

/** The demo world stands still here, so that what the shops ask is known. */
const NOW = new Date('2026-11-20T12:00:00Z');
const QUERIES = ['espresso machine', 'board game', 'phone case'];

const AVAILABILITY: Record<Stock, Availability> = {
  'in-stock': 'InStock',
  'few-left': 'LimitedAvailability',
  'sold-out': 'OutOfStock',
  'back-order': 'BackOrder',
  'pre-order': 'PreOrder',
};
const STATES: Partial<Record<Availability, string>> = { SoldOut: 'OutOfStock', LimitedAvailability: 'InStock' };
const state = (availability: Availability) => STATES[availability] ?? availability;

/** What the shop itself knows of an offer. */
interface Truth {
  profile: ShopProfile;
  item: ShopItem;
}

/** The demo's shops share no code with the extraction: what comes out is judged by what the shops themselves reckoned. */
describe("a comparison of the demo's shops", () => {
  let demo: StartedDemoShops;
  let world: ComparisonWorld;
  let comparisons: Comparison[];
  const truths = new Map<string, Truth>();
  const offers = (): { offer: ComparedOffer; truth: Truth }[] =>
    comparisons
      .flatMap((comparison) => comparison.offers)
      .map((offer) => {
        const truth = truths.get(offer.url);
        if (!truth) throw new Error(`${offer.shop} has no product at ${offer.url}`);
        return { offer, truth };
      });

  beforeAll(async () => {
    demo = await startDemoShops({ basePort: 0, now: () => NOW });
    for (const { id, origin } of demo.shops) {
      const profile = demoShops.find((shop) => shop.profile.id === id)?.profile;
      if (!profile) throw new Error(`${id} is no demo shop`);
      for (const item of openShopCatalogue(profile).items) truths.set(origin + profile.path(item), { profile, item });
    }
    const declarations = demo.shops.map(({ declaration }) => ({ ...declaration, pace: { min_delay_ms: 0 } }));
    world = await openComparisonWorld(declarations, { redisUrl: null, deadlineMs: 10_000 });
    await world.store.products.upsert([...demoProducts()].map(productRecord));
    comparisons = [];
    for (const query of QUERIES) comparisons.push(await world.comparisons.compare(query, 'EUR'));
  }, 90_000);

  afterAll(async () => {
    await world?.close();
    await demo?.close();
  });

  it('has offers of nearly all shops for every query', () => {
    for (const { offers, failures, query } of comparisons) {
      const nShops = new Set(offers.map(({ shop }) => shop)).size;
      expect(nShops, `${query}: ${JSON.stringify(failures)}`).toBeGreaterThanOrEqual(6);
    }
  });

  it('has the price that the shop asks, to the cent, in its own currency', () => {
    const read = offers().map(({ offer }) => fromWireMoney(offer.original_price ?? offer.price));
    const asked = offers().map(({ truth: { profile, item } }) => ({
      minor: quoteOn(profile, item.product, NOW).priceMinor,
      currency: profile.currency,
    }));
    expect(read).toEqual(asked);
    expect(new Set(read.map(({ currency }) => currency)).size).toBeGreaterThanOrEqual(4);
  });

  it('has the stock that the shop tells, or none where its page was not opened', () => {
    const told = offers().filter(({ offer }) => offer.availability !== null);
    const wrong = told.filter(({ offer, truth: { profile, item } }) => {
      const { stock } = quoteOn(profile, item.product, NOW);
      return offer.availability === null || state(offer.availability) !== state(AVAILABILITY[stock]);
    });
    expect(told.length / offers().length).toBeGreaterThan(0.4);
    // "Lieferbar in 2-3 Wochen" is what one shop calls a back order.
    expect(
      wrong.length / told.length,
      wrong.map(({ offer }) => `${offer.shop}: ${offer.title}`).join('\n'),
    ).toBeLessThan(0.02);
  });

  it('has the shipping of the shop, unless that does not tell it', () => {
    for (const { offer, truth } of offers()) {
      const { shippingMinor } = quoteOn(truth.profile, truth.item.product, NOW);
      expect(offer.shipping === null, `${offer.shop}: ${offer.title}`).toBe(shippingMinor === null);
      if (shippingMinor === 0) expect(offer.shipping?.amount).toBe('0.00');
    }
  });

  it('files nine of ten offers under their product of the catalogue, and next to none under another', () => {
    const catalogue = new Set([...demoProducts()].map(({ id }) => id));
    const filed = offers().filter(({ offer }) => catalogue.has(offer.product_id ?? ''));
    const misfiled = filed.filter(({ offer, truth }) => offer.product_id !== truth.item.product.id);
    const nRight = filed.length - misfiled.length;
    expect(nRight / offers().length).toBeGreaterThan(0.9);
    expect(misfiled.length / offers().length, misfiled.map(({ offer }) => offer.title).join('\n')).toBeLessThan(0.01);
  });

  it('marks a best deal that is in stock, and none cheaper is', () => {
    for (const { best, offers } of comparisons) {
      const cheapest = offers.find(({ availability }) => availability !== null && state(availability) === 'InStock');
      expect(best).toMatchObject({ url: cheapest?.url, total: cheapest?.total });
    }
  });
});
