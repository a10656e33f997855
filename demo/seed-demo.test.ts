import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../server/store/open-store.ts';
import type { Store } from '../server/store/store.ts';
import { demoProducts } from './catalogue/catalogue.ts';
import { needsDemo, seedDemo } from './seed-demo.ts';
import { demoShops } from './shops/all.ts';
import { quoteOn } from './shops/quote.ts';
import { openShopCatalogue } from './shops/shop-catalogue.ts';

const NOW = new Date('2026-11-20T15:00:00Z');
const DAY_MS = 86_400_000;
const shops = demoShops.map(({ profile }) => ({ id: profile.id, origin: `http://${profile.id}.test` }));

describe('seeding the demo world', () => {
  let dataDir: string;
  let store: Store;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'magpie-seed-'));
    store = await openStore({ dataDir, databaseUrl: null });
    expect(await needsDemo(store)).toBe(true);

    let calls = 0;
    const append: Store['events']['append'] = async (events) => {
      calls += 1;
      if (calls === 4) throw new Error('the power went');
      return store.events.append(events);
    };
    await expect(seedDemo({ ...store, events: { ...store.events, append } }, { now: NOW, shops })).rejects.toThrow(
      'the power went',
    );
    expect(await needsDemo(store)).toBe(true);
    await seedDemo(store, { now: NOW, shops });
  }, 120_000);

  afterAll(async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  it('completes one that was interrupted: catalogue and events are all there, once', async () => {
    expect(await store.products.count()).toBe(demoProducts().length);
    const { events, users } = await store.events.count();
    expect(events).toBeGreaterThan(135_000);
    expect(users).toBe(3000);
    expect(await store.publicShoppers.range()).toEqual({ count: 3000, first: '1', last: '3000' });
    const [product] = demoProducts();
    expect(await store.products.findByGtin(`0${product?.gtin13}`)).toMatchObject({ id: product?.id, source: 'demo' });
  });

  it('tells what shops asked over the last 90 days: the first price and every change, as their pages had it', async () => {
    for (const product of demoProducts().slice(0, 40)) {
      const history = await store.prices.history(product.id);
      const offers = await store.offers.ofProduct(product.id);
      expect(offers.length).toBeLessThanOrEqual(2);
      for (const { shop, url, price, shipping } of offers) {
        const { profile } = demoShops.find((candidate) => candidate.profile.id === shop)!;
        const item = openShopCatalogue(profile).ofProduct(product.id)!;
        expect(url).toBe(`http://${shop}.test${profile.path(item)}`);
        const quote = quoteOn(profile, product, NOW);
        expect(price).toEqual({ minor: quote.priceMinor, currency: profile.currency });
        expect(shipping?.minor ?? null).toBe(quote.shippingMinor);

        const observed = history.filter((observation) => observation.url === url);
        expect(observed[0]?.observedAt.getTime()).toBeLessThan(NOW.getTime() - 89 * DAY_MS);
        for (const { observedAt, price } of observed)
          expect(price.minor).toBe(quoteOn(profile, product, observedAt).priceMinor);
        for (let i = 1; i < observed.length; i++) expect(observed[i]?.price).not.toEqual(observed[i - 1]?.price);
        expect(observed.at(-1)?.price.minor).toBe(quote.priceMinor);
      }
    }
  });

  it('does nothing the second time', async () => {
    expect(await needsDemo(store)).toBe(false);
    const before = await store.prices.history(demoProducts()[0]!.id);
    await seedDemo(store, { now: new Date(NOW.getTime() + 30 * DAY_MS), shops });
    expect(await store.prices.history(demoProducts()[0]!.id)).toEqual(before);
  });

  it('leaves a store with other goods alone', async () => {
    const ownDir = await mkdtemp(join(tmpdir(), 'magpie-seed-'));
    const own = await openStore({ dataDir: ownDir, databaseUrl: null });
    const fields = {
      brand: null,
      category: null,
      description: null,
      gtin: null,
      mpn: null,
      image: null,
      listPrice: null,
    };
    await own.products.upsert([{ id: '22423', title: 'REGENCY CAKESTAND 3 TIER', source: 'online-retail', ...fields }]);
    expect(await needsDemo(own)).toBe(false);
    await own.close();
    await rm(ownDir, { recursive: true });
  });
});
