import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FetchError } from '../../fetch/fetch-error.ts';
import type { Fetcher } from '../../fetch/fetcher.ts';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';
import { shopDeclarationSchema } from '../declaration.ts';
import { openShop } from '../open-shop.ts';
import type { CandidateOffer, ShopAdapter, ShopContext } from '../shop-adapter.ts';
import { UnreadablePageError } from '../shop-error.ts';
import { shopContext } from './shop-context.ts';

/** What a shop of the suite has. */
export interface Good {
  /** Part of its address: nine digits, as eBay numbers its items. */
  id: string;
  title: string;
  /** Decimal, in EUR. */
  price: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A shop on loopback that speaks the adapter's protocol, as its documentation says. */
export interface ShopUnderTest {
  /** What an operator declares for the shop at this origin, beside its id, name and `url`. */
  declaration(origin: string): { adapter: string; url?: string } & Record<string, unknown>;
  /** Path of what a search asks first. */
  searchPath: string;
  /** By path: what the shop answers, where its goods are these. It has every good for every search. */
  handlers(goods: readonly Good[], origin: () => string): Record<string, Handler>;
  /** Address of the page of something that the shop does not have. */
  unknownPage(origin: string): string;
}

const KETTLES: Good[] = [
  { id: '100000001', title: 'Copper kettle', price: '49.90' },
  { id: '100000002', title: 'Steel kettle', price: '39.00' },
  { id: '100000003', title: 'Glass kettle', price: '29.50' },
];

/** What shops answer that are out of order, or are no such shop. */
const DISORDERS: [what: string, answer: (response: ServerResponse) => unknown][] = [
  ['500', (response) => response.writeHead(500, { 'content-type': 'text/plain' }).end('oops')],
  ['403', (response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Forbidden</h1>')],
  ['garbage', (response) => response.writeHead(200).end(Buffer.from([0, 255, 17, 3, 254, 128, 0, 7]))],
  [
    'a web page that is something else',
    (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello</p>'),
  ],
  [
    'JSON that is something else',
    (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":[1,null]}'),
  ],
  [
    'JSON that is cut short',
    (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('[{"name": "Ke'),
  ],
  [
    'an answer that breaks off',
    (response) => response.writeHead(200, { 'content-length': '5000' }).write('{', () => response.destroy()),
  ],
];

/** Titles and prices that no honest shop has. */
const HOSTILE: [what: string, good: Partial<Good>][] = [
  ['a title of a million letters', { title: `Kettle ${'k'.repeat(1_000_000)}` }],
  ['control and bidi characters', { title: 'Kettle \u0000\u0007\u001b[31m\u202e\u2066\ufeff evil' }],
  ['markup', { title: 'Kettle <script>alert(1)</script> & "friends"' }],
  ['no title', { title: '' }],
  ['a price beyond all numbers', { price: '9'.repeat(400) }],
  ['a price below zero', { price: '-5.00' }],
  ['a price that is none', { price: 'NaN' }],
  ['no price', { price: '' }],
];

/** Every adapter of a shop passes this, over real HTTP. */
export function testShopAdapter(shop: ShopUnderTest): void {
  let host: ShopHost;
  let adapter: ShopAdapter;
  let context: ShopContext;

  async function open(goods: readonly Good[], instead?: (response: ServerResponse) => unknown): Promise<void> {
    const handlers = shop.handlers(goods, () => host.origin);
    if (instead) handlers[shop.searchPath] = (_, response) => void instead(response);
    host = await startShopHost(handlers);
    const declaration = { id: 'shop', name: 'Shop', url: host.origin, ...shop.declaration(host.origin) };
    adapter = await openShop(shopDeclarationSchema.parse(declaration));
    context = shopContext(host.origin);
  }

  /** The last word on each address. */
  async function search(change: Partial<ShopContext> = {}): Promise<CandidateOffer[]> {
    const found = new Map<string, CandidateOffer>();
    for await (const offer of adapter.search('kettle', { ...context, ...change })) found.set(offer.url, offer);
    return [...found.values()];
  }

  /** @returns null where nothing was thrown */
  async function errorOf(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => null,
      (error: unknown) => error,
    );
  }

  describe('as every shop adapter', () => {
    afterEach(() => host.close());

    describe('asking a shop that has three kettles', () => {
      beforeEach(() => open(KETTLES));

      test('goes by the id and the name of the declaration', () => {
        expect([adapter.id, adapter.name]).toEqual(['shop', 'Shop']);
      });

      test('gives each with its title, the address of its page and its price in minor units', async () => {
        const offers = await search();
        const byPrice = offers.toSorted((a, b) => b.price.minor - a.price.minor);
        expect(byPrice.map(({ title, price }) => [title, price.minor, price.currency])).toEqual([
          ['Copper kettle', 4990, 'EUR'],
          ['Steel kettle', 3900, 'EUR'],
          ['Glass kettle', 2950, 'EUR'],
        ]);
        for (const { url } of offers) expect(url).toMatch(/^https?:\/\//);
      });

      test('gives one after the other, and stops when the caller has enough', async () => {
        for await (const offer of adapter.search('kettle', context)) {
          expect(offer.title).toContain('kettle');
          break;
        }
      });

      test('gives no more products than are wanted', async () => {
        expect(await search({ limit: 2 })).toHaveLength(2);
      });

      test('reads from the page of a product the price that the search gave', async () => {
        const [offer] = await search();
        expect((await adapter.offer(offer!.url, context))?.price).toEqual(offer!.price);
      });

      test('says of a page that the shop does not have null, or a named error', async () => {
        const page = adapter.offer(shop.unknownPage(host.origin), context);
        const outcome = await page.catch((error: unknown) => error);
        if (outcome !== null) expect(outcome).toSatisfy(isNamed);
      });

      test('asks through the fetcher of its context alone', async () => {
        const asked = new Set<string>();
        const watched: Fetcher = {
          fetch(url, options) {
            asked.add(new URL(url).pathname);
            return context.fetcher.fetch(url, options);
          },
        };
        const [offer] = await search({ fetcher: watched });
        await adapter.offer(offer!.url, { ...context, fetcher: watched });
        expect(asked).toContain(shop.searchPath);
        for (const path of host.pages()) expect(asked).toContain(path.replace(/\?.*$/, ''));
      });

      test('lets through what the fetcher refuses, and finds no other way', async () => {
        const refusal = new FetchError('blocked_address', 'The address is private.', { url: host.origin });
        const closed: Fetcher = { fetch: () => Promise.reject(refusal) };
        expect(await errorOf(search({ fetcher: closed }))).toBe(refusal);
        expect(host.log).toEqual([]);
      });

      test('asks nothing when its time is over before it begins', async () => {
        const error = await errorOf(search({ signal: AbortSignal.abort(new Error('too late')) }));
        expect(error).not.toBeNull();
        expect(host.pages()).toEqual([]);
      });
    });

    test('gives nothing where the shop has nothing, which is no error', async () => {
      await open([]);
      expect(await search()).toEqual([]);
    });

    test.each(DISORDERS)('gives a named error where the shop answers %s', async (_, answer) => {
      await open(KETTLES, answer);
      expect(await errorOf(search())).toSatisfy(isNamed);
    });

    test('ends with its signal, though the shop never answers', async () => {
      await open(KETTLES, () => {});
      const giveUp = new AbortController();
      const searching = errorOf(search({ signal: giveUp.signal }));
      await expect
        .poll(() => host.pages().some((path) => path.startsWith(shop.searchPath)), { timeout: 5000 })
        .toBe(true);
      giveUp.abort(new Error('enough'));
      // The shop is still silent: only the signal can have ended it.
      expect(await searching).toBeInstanceOf(Error);
    });

    test.each(HOSTILE)('takes %s without harm', async (_, change) => {
      await open([{ ...KETTLES[0]!, ...change }, ...KETTLES.slice(1)]);
      const outcome = await search().catch((error: unknown) => error);
      if (!Array.isArray(outcome)) {
        expect(outcome).toSatisfy(isNamed);
        return;
      }
      expect(outcome.length).toBeGreaterThanOrEqual(2);
      for (const { price, url } of outcome as CandidateOffer[]) {
        expect(price.minor).toBeGreaterThanOrEqual(0);
        expect(Number.isSafeInteger(price.minor)).toBe(true);
        expect(URL.canParse(url)).toBe(true);
      }
    });
  });
}

/** The errors that callers know how to tell a person. */
function isNamed(error: unknown): boolean {
  return error instanceof FetchError || error instanceof UnreadablePageError;
}

export function answerJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
