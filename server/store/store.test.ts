import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAX_WATCHES_PER_USER } from '../../shared/api/watches.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { testDatabaseUrl } from '../testing/test-services.ts';
import { storeMigrations } from './migrations.ts';
import { openStore } from './open-store.ts';
import type {
  EventPlace,
  EventRecord,
  ModelRecord,
  OfferRecord,
  PriceObservation,
  ProductRecord,
  Store,
  WatchChangeRecord,
  WatchRecord,
} from './store.ts';
import type { StoreTables } from './tables.ts';

const ADAPTERS: { name: string; databaseUrl(): Promise<string | null> }[] = [
  { name: 'SQLite', databaseUrl: async () => null },
  { name: 'Postgres', databaseUrl: testDatabaseUrl },
];

const DAY_MS = 24 * 60 * 60 * 1_000;
const NOON = new Date('2026-11-22T12:00:00Z');
const LATER = new Date(NOON.getTime() + 3_600_000);
const noonPlus = (milliseconds: number) => new Date(NOON.getTime() + milliseconds);

function product(id: string, values: Partial<ProductRecord> = {}): ProductRecord {
  return {
    id,
    title: `Product ${id}`,
    brand: null,
    category: null,
    description: null,
    gtin: null,
    mpn: null,
    image: null,
    listPrice: null,
    source: 'test',
    ...values,
  };
}

function event(id: string, values: Partial<EventRecord> = {}): EventRecord {
  return { id, userId: 'ada', itemId: 'tea', type: 'view', value: 1, occurredAt: NOON, source: 'test', ...values };
}

function offer(shop: string, url: string, values: Partial<OfferRecord> = {}): OfferRecord {
  return {
    shop,
    url,
    productId: 'p1',
    title: 'Kettle',
    price: { minor: 1999, currency: 'EUR' },
    shipping: null,
    availability: null,
    checkedAt: NOON,
    ...values,
  };
}

function observation(minor: number, observedAt: Date, values: Partial<PriceObservation> = {}): PriceObservation {
  return { shop: 's1', url: 'u1', price: { minor, currency: 'EUR' }, availability: 'InStock', observedAt, ...values };
}

async function scanned(store: Store, batchSize?: number): Promise<EventRecord[][]> {
  return Array.fromAsync(store.events.scan(batchSize === undefined ? {} : { batchSize }));
}

describe.each(ADAPTERS)('the store on $name', ({ databaseUrl }) => {
  const opened: Store[] = [];
  const folders: string[] = [];
  let location: { dataDir: string; databaseUrl: string | null };
  let store: Store;

  const open = async (): Promise<Store> => {
    const another = await openStore(location);
    opened.push(another);
    return another;
  };

  beforeAll(async () => {
    await databaseUrl();
  });
  beforeEach(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'magpie-store-'));
    folders.push(dataDir);
    location = { dataDir, databaseUrl: await databaseUrl() };
    store = await open();
    return async () => {
      for (const each of opened.splice(0)) await each.close();
    };
  });
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  describe('products', () => {
    test('are given back as they were put in', async () => {
      const kettle = product('p1', {
        title: 'Wasserkocher “Größe L” 🫖',
        brand: 'Søstrene',
        category: 'Kitchen',
        description: 'Line one\nline two',
        gtin: '00012345600012',
        mpn: 'K-1',
        image: '/images/p1.svg',
        listPrice: { minor: 129_900, currency: 'JPY' },
      });
      await store.products.upsert([kettle, product('p2')]);
      expect(await store.products.get('p1')).toEqual(kettle);
      expect(await store.products.get('p2')).toEqual(product('p2'));
      expect(await store.products.get('p3')).toBeNull();
      expect(await store.products.findByGtin('00012345600012')).toEqual(kettle);
      expect(await store.products.findByGtin('00000000000000')).toBeNull();
      expect(await store.products.count()).toBe(2);
    });

    test('are replaced by their id, and the last of a call counts', async () => {
      await store.products.upsert([product('p1', { title: 'Old', category: 'A' })]);
      await store.products.upsert([product('p1', { title: 'Newer' }), product('p1', { title: 'Newest' })]);
      expect(await store.products.get('p1')).toEqual(product('p1', { title: 'Newest' }));
      expect((await store.products.search({ query: 'old', limit: 9, offset: 0 })).total).toBe(0);
      expect((await store.products.search({ query: 'newest', limit: 9, offset: 0 })).total).toBe(1);
    });

    test('have another version after each write, and the same one until then', async () => {
      const before = await store.products.version();
      await store.products.upsert([product('p1')]);
      const after = await store.products.version();
      expect(after).not.toBe(before);
      await store.products.get('p1');
      expect(await store.products.version()).toBe(after);
    });

    test('are found by many ids at once, whatever their number', async () => {
      const products = Array.from({ length: 2_500 }, (_, index) => product(`p${index}`));
      await store.products.upsert(products);
      const found = await store.products.getMany([...products.map(({ id }) => id), 'unknown']);
      expect(found.size).toBe(2_500);
      expect(found.get('p2499')).toEqual(product('p2499'));
      expect(await store.products.getMany([])).toEqual(new Map());
    });

    describe('search', () => {
      const titles = async (query: string, category?: string): Promise<string[]> => {
        const found = await store.products.search({
          query,
          limit: 24,
          offset: 0,
          ...(category === undefined ? {} : { category }),
        });
        expect(found.total).toBe(found.items.length);
        return found.items.map(({ title }) => title);
      };
      beforeEach(() =>
        store.products.upsert([
          product('1', { title: 'Crème brûlée torch', brand: 'Émile', category: 'Kitchen' }),
          product('2', { title: 'Phone case, 100% silicone', brand: 'Acme', category: 'Phones' }),
          product('3', { title: 'Headphones', brand: 'Acme', category: 'Audio' }),
          product('4', { title: 'Phonebook', brand: 'Zeta_Press', category: 'Books' }),
          product('5', { title: 'Charger', brand: 'Acme', category: 'Phones' }),
          product('6', { title: 'ТЕЛЕФОН Straße', brand: null, category: null }),
        ]),
      );

      test('takes no notice of case and accents', async () => {
        expect(await titles('CREME BRULEE')).toEqual(['Crème brûlée torch']);
        expect(await titles('émilE')).toEqual(['Crème brûlée torch']);
        expect(await titles('телефон')).toEqual(['ТЕЛЕФОН Straße']);
        expect(await titles('STRASSE')).toEqual(['ТЕЛЕФОН Straße']);
      });

      test('wants every word, each in title, brand or category', async () => {
        expect(await titles('acme phone case')).toEqual(['Phone case, 100% silicone']);
        expect(await titles('acme torch')).toEqual([]);
      });

      test('puts whole words of the title first, then starts of words, then the rest', async () => {
        expect(await titles('phone')).toEqual(['Phone case, 100% silicone', 'Phonebook', 'Headphones', 'Charger']);
      });

      test('takes % and _ for what they are', async () => {
        expect(await titles('100%')).toEqual(['Phone case, 100% silicone']);
        expect(await titles('zeta_press')).toEqual(['Phonebook']);
        expect(await titles('%')).toEqual([]);
      });

      test('of nothing gives all, by title', async () => {
        expect(await titles('')).toEqual([
          'Charger',
          'Crème brûlée torch',
          'Headphones',
          'Phone case, 100% silicone',
          'Phonebook',
          'ТЕЛЕФОН Straße',
        ]);
      });

      test('keeps to a category, and gives pages and the total', async () => {
        expect(await titles('acme', 'Phones')).toEqual(['Charger', 'Phone case, 100% silicone']);
        const page = await store.products.search({ query: 'acme', limit: 1, offset: 1 });
        expect(page.total).toBe(3);
        expect(page.items.map(({ title }) => title)).toEqual(['Headphones']);
        expect(await store.products.search({ query: 'acme', limit: 5, offset: 50 })).toEqual({ items: [], total: 3 });
      });

      test('counts the categories of what it finds, the largest first', async () => {
        expect(await store.products.categories('acme')).toEqual([
          { category: 'Phones', count: 2 },
          { category: 'Audio', count: 1 },
        ]);
        expect(await store.products.categories()).toHaveLength(4);
      });
    });
  });

  describe('events', () => {
    test('are given back as they were put in, a user’s newest first', async () => {
      const events = [
        event('e1', { type: 'rating', value: 4.5, occurredAt: noonPlus(0) }),
        event('e2', { type: 'purchase', value: 12, occurredAt: noonPlus(2_001) }),
        event('e3', { userId: 'bob' }),
        event('e4', { occurredAt: noonPlus(1_000) }),
      ];
      expect(await store.events.append(events)).toEqual(Array(4).fill('accepted'));
      expect(await store.events.ofUser('ada')).toEqual([events[1], events[3], events[0]]);
      expect(await store.events.ofUser('ada', 1)).toEqual([events[1]]);
      expect(await store.events.ofUser('nobody')).toEqual([]);
      expect(await store.events.countOfUser('ada')).toBe(3);
      expect(await store.events.countOfUser('nobody')).toBe(0);
      expect(await store.events.append([])).toEqual([]);
    });

    test('count once: a known id changes nothing', async () => {
      await store.events.append([event('e1')]);
      const answers = await store.events.append([
        event('e2'),
        event('e1', { value: 99, userId: 'bob' }),
        event('e2', { userId: 'eve' }),
        event('e3'),
      ]);
      expect(answers).toEqual(['accepted', 'duplicate', 'duplicate', 'accepted']);
      expect(await store.events.ofUser('bob')).toEqual([]);
      expect(await store.events.count()).toEqual({ events: 3, users: 1, items: 1 });
    });

    test('are read in order of arrival, in batches', async () => {
      const events = Array.from({ length: 1_234 }, (_, index) => event(`e${index}`, { occurredAt: noonPlus(-index) }));
      await store.events.append(events.slice(0, 700));
      await store.events.append(events.slice(700));
      const batches = await scanned(store, 500);
      expect(batches.map((batch) => batch.length)).toEqual([500, 500, 234]);
      expect(batches.flat()).toEqual(events);
    });

    test('are read again as they were, up to a position', async () => {
      expect(await store.events.latestPosition()).toBe(0);
      await store.events.append([event('e1'), event('e2')]);
      const upTo = await store.events.latestPosition();
      await store.events.append([event('e3')]);
      expect(await store.events.latestPosition()).toBeGreaterThan(upTo);
      const batches = await Array.fromAsync(store.events.scan({ upTo }));
      expect(batches.flat().map(({ id }) => id)).toEqual(['e1', 'e2']);
    });

    test('that come during a scan neither disturb it nor wait for its end', async () => {
      await store.events.append([event('e1'), event('e2'), event('e3')]);
      const seen: string[] = [];
      for await (const batch of store.events.scan({ batchSize: 2 })) {
        seen.push(...batch.map(({ id }) => id));
        await store.events.append([event(`late-${seen.length}`)]);
      }
      expect(seen).toEqual(['e1', 'e2', 'e3']);
      expect(await scanned(store)).toHaveLength(1);
    });

    test('tell what is popular: by distinct users', async () => {
      await store.events.append([
        event('1', { userId: 'ada', itemId: 'tea' }),
        event('2', { userId: 'ada', itemId: 'tea' }),
        event('3', { userId: 'ada', itemId: 'cup' }),
      ]);
      await store.events.append([
        event('4', { userId: 'bob', itemId: 'cup' }),
        event('5', { userId: 'bob', itemId: 'cup' }),
        event('1', { userId: 'eve', itemId: 'tea' }),
        event('6', { userId: 'ada', itemId: 'bag' }),
      ]);
      expect(await store.events.popular(2)).toEqual([
        { itemId: 'cup', weight: 2 },
        { itemId: 'bag', weight: 1 },
      ]);
      expect(await store.events.count()).toEqual({ events: 6, users: 2, items: 3 });
    });

    test('of one address make an item popular up to a cap, those of other addresses and in full beside it', async () => {
      const buyers = (first: number, count: number) =>
        Array.from({ length: count }, (_, n) => event(`e${first + n}`, { userId: `u${first + n}`, itemId: 'cup' }));
      const weight = async () => (await store.events.popular(1))[0];
      await store.events.append(buyers(0, 2), { addressGroup: 'a' });
      expect(await weight()).toEqual({ itemId: 'cup', weight: 2 });
      await store.events.append(buyers(2, 9), { addressGroup: 'a' });
      await store.events.append(buyers(11, 1), { addressGroup: 'a' });
      expect(await weight()).toEqual({ itemId: 'cup', weight: 3 });
      await store.events.append(buyers(12, 1), { addressGroup: 'b' });
      await store.events.append(buyers(13, 4));
      expect(await weight()).toEqual({ itemId: 'cup', weight: 8 });
      // A user counts once, as at first.
      await store.events.append([event('again', { userId: 'u0', itemId: 'cup' })], { addressGroup: 'c' });
      expect(await weight()).toEqual({ itemId: 'cup', weight: 8 });
      expect(await store.events.count()).toMatchObject({ users: 17, items: 1 });
    });

    test('that are deleted with their user leave the weight that those of the others have', async () => {
      const buyer = (n: number) => event(`e${n}`, { userId: `u${n}`, itemId: 'cup' });
      const remove = (n: number) => store.shoppers.remove(`u${n}`, { at: new Date() });
      await store.events.append([0, 1, 2, 3].map(buyer), { addressGroup: 'a' });
      await store.events.append([buyer(4)]);
      const weights = [];
      for (const n of [0, 1, 4, 2]) {
        await remove(n);
        weights.push((await store.events.popular(1))[0]?.weight);
      }
      expect(weights).toEqual([4, 3, 2, 1]);
      await remove(3);
      expect(await store.events.popular(1)).toEqual([]);
      await store.events.append([buyer(5)], { addressGroup: 'a' });
      expect(await store.events.popular(1)).toEqual([{ itemId: 'cup', weight: 1 }]);
    });

    test('of one address, sent by many at once, never weigh more than the cap', async () => {
      const other = await open();
      const batches = Array.from({ length: 20 }, (_, n) =>
        ['cup', 'bag', 'tea'].map((itemId) => event(`${n}-${itemId}`, { userId: `u${n}`, itemId })),
      );
      await Promise.all(
        batches.map((events, n) => (n % 2 === 0 ? store : other).events.append(events, { addressGroup: 'a' })),
      );
      expect((await store.events.popular(3)).map(({ weight }) => weight)).toEqual([3, 3, 3]);
    });

    test('know the items that are products or have events', async () => {
      await store.products.upsert([product('p1')]);
      await store.events.append([event('e1', { itemId: 'cup' })]);
      expect(await store.events.knownItems(['p1', 'cup', 'other'])).toEqual(new Set(['p1', 'cup']));
      expect(await store.events.knownItems([])).toEqual(new Set());
      expect(await store.events.popular(5, { productsOnly: true })).toEqual([]);
      await store.events.append([event('e2', { itemId: 'p1' })]);
      expect(await store.events.popular(5, { productsOnly: true })).toEqual([{ itemId: 'p1', weight: 1 }]);
    });

    test('of an earlier version count in full', async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'magpie-store-'));
      folders.push(dataDir);
      location = { dataDir, databaseUrl: await databaseUrl() };
      const earlier = await openDatabase<StoreTables>({ ...location, file: 'magpie.db', durability: 'full' });
      const migrations = Object.entries(storeMigrations(earlier.dialect)).filter(([name]) => name < '0005');
      await migrate(earlier, 'store', Object.fromEntries(migrations));
      await earlier.write(async (transaction) => {
        await sql`insert into event_pairs (item_id, user_id) values ('cup', 'ada'), ('cup', 'bob')`.execute(
          transaction,
        );
        await sql`insert into item_popularity (item_id, users) values ('cup', 2)`.execute(transaction);
      });
      await earlier.close();
      const opened = await open();
      await opened.events.append([event('e1', { userId: 'eve', itemId: 'cup' })], { addressGroup: 'a' });
      expect(await opened.events.popular(1)).toEqual([{ itemId: 'cup', weight: 3 }]);
    });

    test('of an empty store are none', async () => {
      expect(await store.events.count()).toEqual({ events: 0, users: 0, items: 0 });
      expect(await store.events.popular(5)).toEqual([]);
      expect(await scanned(store)).toEqual([]);
    });

    test('sent by many at once are each accepted once', async () => {
      const other = await open();
      const sent = Array.from({ length: 40 }, (_, index) => [
        event(`common-${index % 4}`, { userId: `u${index % 7}`, itemId: `i${index % 5}` }),
        event(`own-${index}`, { userId: `u${index % 3}`, itemId: `i${index % 2}` }),
      ]);
      const answers = await Promise.all(
        sent.map((events, index) => (index % 2 === 0 ? store : other).events.append(events)),
      );
      expect(answers.flat().filter((answer) => answer === 'accepted')).toHaveLength(44);
      const all = (await scanned(store)).flat();
      const pairs = new Set(all.map(({ itemId, userId }) => `${itemId} ${userId}`));
      const popular = await store.events.popular(99);
      expect(popular.reduce((sum, { weight }) => sum + weight, 0)).toBe(pairs.size);
      expect(await store.events.count()).toEqual({
        events: 44,
        users: new Set(all.map(({ userId }) => userId)).size,
        items: popular.length,
      });
    });
  });

  describe('public shoppers', () => {
    test('are none unless something made them so, and stay', async () => {
      expect(await store.publicShoppers.has('1')).toBe(false);
      expect(await store.publicShoppers.range()).toBeNull();
      await store.publicShoppers.add([], 'tour');
      await store.publicShoppers.add(['2', '1', '2'], 'tour');
      await store.publicShoppers.add(['10', '1'], 'other');
      expect(await store.publicShoppers.range()).toEqual({ count: 3, first: '1', last: '10' });
      const asked = ['1', '2', '10', '3', '01', ''];
      const answers = await Promise.all(asked.map((id) => store.publicShoppers.has(id)));
      expect(answers).toEqual([true, true, true, false, false, false]);
    });

    test('have public events of their own source alone, in order of arrival', async () => {
      await store.events.append([
        event('e1', { userId: '2', source: 'tour' }),
        event('e2', { userId: '1', source: 'api' }),
        event('e3', { userId: 'ada', source: 'tour' }),
        event('e4', { userId: '1', source: 'tour' }),
      ]);
      expect(await Array.fromAsync(store.publicShoppers.events())).toEqual([]);
      await store.publicShoppers.add(['1', '2'], 'tour');
      const batches = await Array.fromAsync(store.publicShoppers.events({ batchSize: 2 }));
      expect(batches.map((batch) => batch.map(({ id }) => id))).toEqual([['e1'], ['e4']]);
    });

    test('of a store that an earlier version filled with its demo are 1 to 3000, and of any other none', async () => {
      for (const [source, publicOnes] of [
        ['demo', { count: 3000, first: '1', last: '3000' }],
        ['online-retail', null],
      ] as const) {
        const dataDir = await mkdtemp(join(tmpdir(), 'magpie-store-'));
        folders.push(dataDir);
        location = { dataDir, databaseUrl: await databaseUrl() };
        const earlier = await openDatabase<StoreTables>({ ...location, file: 'magpie.db', durability: 'full' });
        const { '0001_first_tables': tables, '0002_watches': watches } = storeMigrations(earlier.dialect);
        await migrate(earlier, 'store', { '0001_first_tables': tables!, '0002_watches': watches! });
        await earlier.write((transaction) =>
          sql`insert into products (id, title, source, search_title, search_text)
            values ('p1', 'Kettle', ${source}, ' kettle ', ' kettle ')`.execute(transaction),
        );
        await earlier.close();

        const opened = await open();
        expect(await opened.publicShoppers.range()).toEqual(publicOnes);
        expect(await opened.publicShoppers.has('3000')).toBe(publicOnes !== null);
        expect((await opened.products.get('p1'))?.title).toBe('Kettle');
      }
    });
  });

  describe('offers', () => {
    test('are known by shop and URL, and replaced', async () => {
      const first = offer('s1', 'u1', { shipping: { minor: 0, currency: 'EUR' }, availability: 'OutOfStock' });
      await store.offers.upsert([first, offer('s1', 'u2', { productId: 'p2' }), offer('s2', 'u1')]);
      expect(await store.offers.find('s1', 'u1')).toEqual(first);
      expect(await store.offers.find('s2', 'u2')).toBeNull();
      expect((await store.offers.ofProduct('p1')).map(({ shop }) => shop)).toEqual(['s1', 's2']);
      await store.offers.upsert([
        offer('s1', 'u1', { productId: 'p2' }),
        offer('s1', 'u1', { productId: 'p2', title: 'B' }),
      ]);
      expect(await store.offers.find('s1', 'u1')).toEqual(offer('s1', 'u1', { productId: 'p2', title: 'B' }));
      expect(await store.offers.ofProduct('p2')).toHaveLength(2);
    });
  });

  describe('the price history', () => {
    beforeEach(() =>
      store.offers.upsert([offer('s1', 'u1'), offer('s2', 'u2'), offer('s3', 'u3', { productId: 'p9' })]),
    );

    test('notes what changed', async () => {
      const noted = [
        observation(1000, noonPlus(0)),
        observation(900, noonPlus(1_000)),
        observation(900, noonPlus(2_000), { availability: null }),
        observation(900, noonPlus(3_000), { availability: null, price: { minor: 900, currency: 'USD' } }),
      ];
      await store.prices.record([observation(1000, noonPlus(0)), observation(1000, noonPlus(500))]);
      await store.prices.record(noted.slice(1));
      await store.prices.record([{ ...noted[3]!, observedAt: noonPlus(4_000) }]);
      expect(await store.prices.history('p1')).toEqual(noted);
    });

    test('notes an unchanged price again after more than a day', async () => {
      const noted = [observation(1000, noonPlus(0)), observation(1000, noonPlus(DAY_MS + 1))];
      await store.prices.record([noted[0]!, observation(1000, noonPlus(DAY_MS)), noted[1]!]);
      expect(await store.prices.history('p1')).toEqual(noted);
    });

    test('puts an observation that comes late where it belongs', async () => {
      await store.prices.record([observation(1000, noonPlus(0)), observation(800, noonPlus(9_000))]);
      await store.prices.record([observation(1000, noonPlus(5_000)), observation(900, noonPlus(6_000))]);
      const history = await store.prices.history('p1');
      expect(history.map(({ price }) => price.minor)).toEqual([1000, 900, 800]);
    });

    test('is of all the product’s offers, oldest first, since an instant', async () => {
      await store.prices.record([
        observation(1, noonPlus(2_000)),
        observation(2, noonPlus(1_000), { shop: 's2', url: 'u2' }),
        observation(3, noonPlus(0), { shop: 's3', url: 'u3' }),
        observation(4, noonPlus(3_000), { shop: 's2', url: 'u2' }),
      ]);
      const minors = (history: PriceObservation[]) => history.map(({ price }) => price.minor);
      expect(minors(await store.prices.history('p1'))).toEqual([2, 1, 4]);
      expect(minors(await store.prices.history('p1', noonPlus(2_000)))).toEqual([1, 4]);
      expect(await store.prices.history('unknown')).toEqual([]);
    });
  });

  describe('the price history of single offers', () => {
    test('is of one shop’s offers, oldest first, whatever product they are of', async () => {
      await store.prices.record([
        observation(3, noonPlus(3_000)),
        observation(1, noonPlus(1_000)),
        observation(2, noonPlus(2_000), { url: 'u2' }),
        observation(9, noonPlus(2_000), { shop: 's2' }),
      ]);
      const prices = async (urls: string[], since: Date) =>
        (await store.prices.ofOffers('s1', urls, since)).map(({ price }) => price.minor);
      expect(await prices(['u1', 'u2', 'u3'], NOON)).toEqual([1, 2, 3]);
      expect(await prices(['u1'], noonPlus(1_001))).toEqual([3]);
      expect(await prices([], NOON)).toEqual([]);
    });
  });

  describe('pending prices', () => {
    test('are one per offer, the last, and in no history', async () => {
      const last = observation(20, noonPlus(1_000), { availability: null });
      await store.pendingPrices.put(observation(10, NOON));
      await store.pendingPrices.put(last);
      await store.pendingPrices.put(observation(30, NOON, { shop: 's2' }));
      expect(await store.pendingPrices.of('s1', ['u1', 'u2'])).toEqual([last]);
      expect(await store.pendingPrices.of('s1', [])).toEqual([]);
      expect(await store.prices.ofOffers('s1', ['u1'], NOON)).toEqual([]);
      await store.pendingPrices.remove('s1', 'u1');
      await store.pendingPrices.remove('s1', 'u1');
      expect(await store.pendingPrices.of('s1', ['u1'])).toEqual([]);
      expect(await store.pendingPrices.of('s2', ['u1'])).toHaveLength(1);
    });
  });

  describe('watches', () => {
    const euros = (minor: number) => ({ minor, currency: 'EUR' });
    const watch = (id: string, values: Partial<WatchRecord> = {}): WatchRecord => ({
      id,
      userId: 'ada',
      kind: 'query',
      subject: id,
      currency: 'EUR',
      target: null,
      createdAt: NOON,
      nextCheckAt: NOON,
      checkedAt: null,
      last: null,
      lowest: null,
      triggeredAt: null,
      ...values,
    });

    test('are given back as they were put in, a user’s newest first', async () => {
      const full = watch('w1', {
        kind: 'product',
        subject: 'p1',
        target: euros(9_900),
        checkedAt: noonPlus(1),
        last: { total: euros(10_500), shop: 's1', url: 'u1' },
        lowest: { total: euros(9_000), observedAt: noonPlus(2) },
        triggeredAt: noonPlus(3),
      });
      const newer = watch('w2', { createdAt: noonPlus(1_000) });
      expect(await store.watches.put(full)).toEqual(full);
      await store.watches.put(newer);
      await store.watches.put(watch('w3', { userId: 'bob' }));
      expect(await store.watches.get('w1')).toEqual(full);
      expect(await store.watches.ofUser('ada')).toEqual([newer, full]);
      expect(await store.watches.remove('w1', NOON)).toBe(true);
      expect(await store.watches.remove('w1', NOON)).toBe(false);
      expect(await store.watches.get('w1')).toBeNull();
    });

    test('of the same subject are one per user and currency: the target is replaced, what was seen stays', async () => {
      const first = watch('w1', { subject: 'kettle', lowest: { total: euros(10), observedAt: NOON } });
      await store.watches.put(first);
      const again = watch('w2', { subject: 'kettle', target: euros(500) });
      expect(await store.watches.put(again)).toEqual({ ...first, target: euros(500) });
      await store.watches.put(watch('w3', { subject: 'kettle', currency: 'USD' }));
      await store.watches.put(watch('w4', { subject: 'kettle', userId: 'bob' }));
      expect((await store.watches.ofUser('ada')).map(({ id }) => id).sort()).toEqual(['w1', 'w3']);
    });

    test('are due once per subject, the longest overdue first, until they were looked at', async () => {
      await store.watches.put(watch('w1', { subject: 'kettle', nextCheckAt: noonPlus(2_000) }));
      await store.watches.put(watch('w2', { subject: 'kettle', nextCheckAt: noonPlus(9_000), userId: 'bob' }));
      await store.watches.put(watch('w3', { subject: 'lamp', nextCheckAt: noonPlus(1_000) }));
      await store.watches.put(watch('w4', { subject: 'sofa', nextCheckAt: noonPlus(5_000) }));
      const kettle = { kind: 'query', subject: 'kettle', currency: 'EUR' } as const;
      const lamp = { ...kettle, subject: 'lamp' };
      expect(await store.watches.due(noonPlus(3_000), 9)).toEqual([lamp, kettle]);
      expect(await store.watches.due(noonPlus(3_000), 1)).toEqual([lamp]);

      const watching = await store.watches.onSubject(kettle);
      expect(watching.map(({ id }) => id)).toEqual(['w1', 'w2']);
      const last = { total: euros(700), shop: 's1', url: 'u1' };
      await store.watches.recordChecks(
        watching.map((each) => ({ ...each, last, checkedAt: noonPlus(3_000), nextCheckAt: noonPlus(DAY_MS) })),
      );
      expect(await store.watches.due(noonPlus(3_000), 9)).toEqual([lamp]);
      expect(await store.watches.get('w2')).toMatchObject({ userId: 'bob', last, checkedAt: noonPlus(3_000) });
    });

    test('that were removed meanwhile are not brought back by a check', async () => {
      const removed = await store.watches.put(watch('w1'));
      await store.watches.remove('w1', NOON);
      await store.watches.recordChecks([removed]);
      expect(await store.watches.get('w1')).toBeNull();
    });
  });

  describe('what devices tell each other', () => {
    const change = (id: string, values: Partial<WatchChangeRecord> = {}): WatchChangeRecord => ({
      ...{ id, userId: 'ada', productId: 'kettle', isWatched: true, currency: 'EUR', changedAt: NOON },
      ...values,
    });
    const removal = (id: string, changedAt: Date): WatchChangeRecord => change(id, { isWatched: false, changedAt });
    const watched = async (userId = 'ada') => (await store.watches.ofUser(userId)).map(({ subject }) => subject).sort();

    test('of two changes to a product the later one holds, in whichever order they come, each as often as it likes', async () => {
      const [added, removed] = [change('a'), removal('b', noonPlus(1))];
      expect(await store.changes.applyToWatches([removed])).toEqual(['accepted']);
      expect(await store.changes.applyToWatches([added, removed, added])).toEqual([
        'duplicate',
        'duplicate',
        'duplicate',
      ]);
      expect(await watched()).toEqual([]);
      const again = change('c', { changedAt: noonPlus(2) });
      expect(await store.changes.applyToWatches([again, added])).toEqual(['accepted', 'duplicate']);
      expect(await watched()).toEqual(['kettle']);
      expect(await store.changes.watches('ada')).toEqual([again]);
    });

    test('of two at the same instant that of the greater id', async () => {
      await store.changes.applyToWatches([change('b'), removal('c', NOON), change('a')]);
      expect(await watched()).toEqual([]);
    });

    test('two writers at once end with the later change', async () => {
      const changes = Array.from({ length: 20 }, (_, n) =>
        change(`c${n}`, { isWatched: n % 2 === 0, changedAt: noonPlus(n) }),
      );
      await Promise.all(changes.map((each) => store.changes.applyToWatches([each])));
      expect(await store.changes.watches('ada')).toEqual([changes.at(-1)]);
      expect(await watched()).toEqual([]);
    });

    test('what is watched and removed by its route is a change too, after what was known', async () => {
      await store.changes.applyToWatches([removal('z', noonPlus(5_000))]);
      const row = { kind: 'product', subject: 'kettle', currency: 'EUR', target: null, createdAt: NOON } as const;
      const never = { nextCheckAt: NOON, checkedAt: null, last: null, lowest: null, triggeredAt: null };
      await store.watches.put({ id: 'w1', userId: 'ada', ...row, ...never });
      await store.watches.put({ id: 'w2', userId: 'ada', ...row, ...never, currency: 'USD' });
      expect(await store.changes.watches('ada')).toMatchObject([{ isWatched: true, changedAt: noonPlus(5_001) }]);
      await store.watches.remove('w1', NOON);
      expect(await store.changes.watches('ada')).toMatchObject([{ isWatched: true }]);
      await store.watches.remove('w2', NOON);
      expect(await store.changes.watches('ada')).toMatchObject([{ isWatched: false, changedAt: noonPlus(5_002) }]);
    });

    test('a shopper’s list has an end; what is on it already may be said again', async () => {
      const full = Array.from({ length: MAX_WATCHES_PER_USER }, (_, n) => change(`c${n}`, { productId: `p${n}` }));
      expect(new Set(await store.changes.applyToWatches(full))).toEqual(new Set(['accepted']));
      expect(await store.changes.applyToWatches([change('x')])).toEqual(['too many']);
      expect(await store.changes.applyToWatches([change('y', { productId: 'p1', changedAt: noonPlus(1) })])).toEqual([
        'accepted',
      ]);
      expect(await store.changes.watches('ada')).toHaveLength(MAX_WATCHES_PER_USER);
    });

    test('what either of two shoppers watches is watched by the one that both become', async () => {
      await store.changes.applyToWatches([
        change('a1'),
        change('a2', { productId: 'lamp', isWatched: false }),
        change('b1', { userId: 'bob', isWatched: false, changedAt: noonPlus(9) }),
        change('b2', { userId: 'bob', productId: 'lamp', changedAt: noonPlus(-9) }),
        change('b3', { userId: 'bob', productId: 'sofa' }),
      ]);
      await link('bob', 'ada');
      expect(await watched()).toEqual(['kettle', 'lamp', 'sofa']);
      expect(await store.changes.watches('bob')).toEqual([]);
      expect(await store.changes.watches('ada')).toMatchObject([
        { productId: 'kettle', isWatched: true, changedAt: noonPlus(10) },
        { productId: 'lamp', isWatched: true, changedAt: noonPlus(1) },
        { productId: 'sofa', isWatched: true, changedAt: NOON },
      ]);
      // What the other shopper's device still sends arrives under the new id.
      await store.changes.applyToWatches([change('b4', { userId: 'bob', productId: 'rug' })]);
      expect(await watched()).toEqual(['kettle', 'lamp', 'rug', 'sofa']);
    });

    test('a deleted shopper has none, and none is taken', async () => {
      await store.changes.applyToWatches([change('a'), removal('b', noonPlus(1))]);
      await store.shoppers.remove('ada', { at: NOON });
      expect(await store.changes.watches('ada')).toEqual([]);
      expect(await store.changes.applyToWatches([change('c')])).toEqual(['deleted']);
    });

    const arrived = async (after: EventPlace | null, limit = 10) => {
      const { events, ...rest } = await store.changes.events('ada', { after, limit });
      return { ids: events.map(({ id }) => id), ...rest };
    };

    test('events come in the order of arrival, page by page, each once', async () => {
      await store.events.append([
        event('1', { occurredAt: LATER }),
        event('2'),
        event('x', { userId: 'bob' }),
        event('3'),
      ]);
      const first = await arrived(null, 2);
      expect(first).toMatchObject({ ids: ['1', '2'], fromStart: true, more: true });
      const second = await arrived(first.place, 2);
      expect(second).toMatchObject({ ids: ['3'], fromStart: false, more: false });
      expect(await arrived(second.place)).toEqual({ ids: [], fromStart: false, more: false, place: second.place });
      await store.events.append([event('2'), event('4')]);
      expect(await arrived(second.place)).toMatchObject({ ids: ['4'], fromStart: false });
    });

    test('events of a shopper that joined arrived before the place, so that the list starts anew', async () => {
      await store.events.append([event('b', { userId: 'bob' }), event('1')]);
      const { place } = await arrived(null);
      await link('bob', 'ada');
      expect(await arrived(place)).toMatchObject({ ids: ['b', '1'], fromStart: true });
    });

    test('a place that this store never gave starts anew', async () => {
      await store.events.append([event('1'), event('2')]);
      const { place } = await arrived(null);
      for (const other of [{ seq: 999 }, { eventId: 'x' }, { nEvents: 1 }]) {
        expect(await arrived({ ...place!, ...other })).toMatchObject({ ids: ['1', '2'], fromStart: true });
      }
    });

    test('an epoch lasts until another one begins', async () => {
      const epoch = await store.changes.epoch();
      expect(await store.changes.epoch()).toBe(epoch);
      await store.changes.beginEpoch();
      expect(await store.changes.epoch()).not.toBe(epoch);
    });

    async function link(from: string, into: string): Promise<void> {
      const device = (deviceId: string) => ({ deviceId, name: deviceId, linkedAt: NOON, lastSeenAt: NOON });
      await store.links.addCode({
        code: 'c',
        kind: 'link',
        device: { ...device(into), shopperId: into },
        expiresAt: null,
      });
      expect(await store.links.join({ code: 'c', device: device(from) })).toBe(into);
    }
  });

  describe('models', () => {
    const model = (version: string): Omit<ModelRecord, 'isCurrent'> => ({
      version,
      file: `${version}.safetensors`,
      createdAt: NOON,
      parameters: { factors: 64, metrics: { ndcg: 0.1269 }, engine: 'threads' },
    });

    test('are kept newest first, one of them current once it was promoted', async () => {
      await store.models.add(model('a'));
      await store.models.add(model('b'));
      expect(await store.models.current()).toBeNull();
      await store.models.promote('a');
      await store.models.promote('b');
      expect(await store.models.current()).toEqual({ ...model('b'), isCurrent: true });
      await store.models.promote('a');
      expect(await store.models.list()).toEqual([
        { ...model('b'), isCurrent: false },
        { ...model('a'), isCurrent: true },
      ]);
    });

    test('go back to what was current before, not to the next older one', async () => {
      for (const version of ['a', 'b', 'c']) await store.models.add(model(version));
      expect(await store.models.previous()).toBeNull();
      await store.models.promote('c');
      expect(await store.models.previous()).toBeNull();
      await store.models.promote('a');
      await store.models.promote('b');
      await store.models.promote('b');
      const rollBack = async (): Promise<string | undefined> => {
        await store.models.rollBackTo((await store.models.previous())!.version);
        return (await store.models.current())?.version;
      };
      expect(await rollBack()).toBe('a');
      await expect(store.models.rollBackTo('b')).rejects.toThrow('model b is not the one before the current one');
      await store.models.promote('b');
      expect(await rollBack()).toBe('a');
      expect(await rollBack()).toBe('c');
      expect(await store.models.previous()).toBeNull();
    });

    test('of an earlier version have answered in the order in which they were made', async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'magpie-store-'));
      folders.push(dataDir);
      location = { dataDir, databaseUrl: await databaseUrl() };
      const earlier = await openDatabase<StoreTables>({ ...location, file: 'magpie.db', durability: 'full' });
      const migrations = Object.entries(storeMigrations(earlier.dialect)).filter(([name]) => name < '0007');
      await migrate(earlier, 'store', Object.fromEntries(migrations));
      await earlier.write((transaction) =>
        sql`insert into models (version, file, created_at, parameters, is_current)
          values ('a', 'a.safetensors', 1, '{}', 0), ('b', 'b.safetensors', 2, '{}', 1),
          ('c', 'c.safetensors', 3, '{}', 0)`.execute(transaction),
      );
      await earlier.close();
      const opened = await open();
      expect((await opened.models.current())?.version).toBe('b');
      expect((await opened.models.previous())?.version).toBe('a');
    });

    test('cannot be promoted where there are none, and the current one stays', async () => {
      await store.models.add(model('a'));
      await store.models.promote('a');
      await expect(store.models.promote('z')).rejects.toThrow('there is no model z');
      expect((await store.models.current())?.version).toBe('a');
    });
  });

  test('sessions are found by their hash until they are removed, or expire', async () => {
    const session = { hash: 'aa', createdAt: NOON, expiresAt: LATER };
    await store.sessions.add(session);
    expect(await store.sessions.find('aa')).toEqual(session);
    expect(await store.sessions.find('ab')).toBeNull();
    await store.sessions.add({ hash: 'bb', createdAt: LATER, expiresAt: new Date(LATER.getTime() + 1) });
    expect(await store.sessions.find('aa')).toBeNull();
    await store.sessions.remove('bb');
    expect(await store.sessions.find('bb')).toBeNull();
  });

  test('a device is new once', async () => {
    const device = { userId: 'd-1', addressGroup: '192.0.2.1', createdAt: NOON };
    expect(await store.devices.has('d-1')).toBe(false);
    expect(await store.devices.add(device)).toBe(true);
    expect(await store.devices.add({ ...device, createdAt: LATER })).toBe(false);
    expect(await store.devices.has('d-1')).toBe(true);
  });

  describe('keys', () => {
    test('are found by their hash, and revoked once', async () => {
      const key = { id: 'k1', name: 'ci', hash: 'ab12', scopes: ['a:read', 'b'], createdAt: NOON, revokedAt: null };
      await store.keys.add({ ...key, expiresAt: LATER });
      expect(await store.keys.findByHash('ab12')).toEqual({ ...key, expiresAt: LATER, lastUsedAt: null });
      await store.keys.recordUse('k1', LATER);
      expect((await store.keys.findByHash('ab12'))?.lastUsedAt).toEqual(LATER);
      expect(await store.keys.findByHash('ff')).toBeNull();
      expect(await store.keys.revoke('k1')).toBe(true);
      expect(await store.keys.revoke('k1')).toBe(false);
      expect(await store.keys.revoke('k2')).toBe(false);
      expect((await store.keys.list()).map(({ id, revokedAt }) => [id, revokedAt !== null])).toEqual([['k1', true]]);
    });
  });

  test('everything is there again after closing and opening', async () => {
    await store.events.append([event('e1')]);
    await store.products.upsert([product('p1')]);
    await store.close();
    opened.length = 0;
    store = await open();
    expect(await store.events.append([event('e1'), event('e2')])).toEqual(['duplicate', 'accepted']);
    expect(await store.products.get('p1')).toEqual(product('p1'));
  });

  test('several open it at once, new as it is', async () => {
    location = { ...location, dataDir: join(location.dataDir, 'new', 'folder'), databaseUrl: await databaseUrl() };
    const stores = await Promise.all(Array.from({ length: 4 }, open));
    await Promise.all(stores.map((each, index) => each.events.append([event(`e${index}`)])));
    expect((await stores[0]!.events.count()).events).toBe(4);
  });
});

test('a Postgres that cannot be reached is named, without the password', async () => {
  const opening = openStore({ dataDir: tmpdir(), databaseUrl: 'postgres://ada:secret@127.0.0.1:9/shop' });
  await expect(opening).rejects.toThrow(
    /^Postgres at 127\.0\.0\.1:9\/shop \(DATABASE_URL\) cannot be used: .*ECONNREFUSED/,
  );
  await expect(opening).rejects.not.toThrow('secret');
});
