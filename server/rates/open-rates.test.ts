import { expect, test } from 'vitest';
import type { Cache } from '../cache/cache.ts';
import { memoryCache } from '../cache/memory-cache.ts';
import type { FetchResult } from '../fetch/fetcher.ts';
import { BUNDLED_RATES } from './bundled-rates.ts';
import { ECB_DAILY_URL } from './ecb-daily-url.ts';
import { openRates } from './open-rates.ts';

const HOUR_MS = 60 * 60 * 1000;
const CURRENCIES = 'USD JPY BGN CZK DKK GBP HUF PLN RON SEK CHF'.split(' ');

function dailyXml(date: string, rate: number): string {
  const cubes = CURRENCIES.map((currency) => `<Cube currency='${currency}' rate='${rate}'/>`);
  return `<gesmes:Envelope><Cube><Cube time='${date}'>${cubes.join('')}</Cube></Cube></gesmes:Envelope>`;
}

/** The central bank, which tests cannot reach: answers with `answer()`, or fails where that throws. */
function centralBank(answer: () => string) {
  const bank = {
    requests: 0,
    async fetch(url: string): Promise<FetchResult> {
      bank.requests += 1;
      const body = answer();
      return {
        url,
        status: 200,
        notModified: false,
        headers: {},
        body: new TextEncoder().encode(body),
        redirects: [],
        elapsedMs: 1,
        text: () => body,
      };
    },
  };
  return bank;
}

function open(answer: () => string, cache: Cache = memoryCache()) {
  const fetcher = centralBank(answer);
  const failures: unknown[] = [];
  const clock = { nowMs: 1_000_000 };
  const rates = openRates({
    url: ECB_DAILY_URL,
    fetcher,
    cache,
    onFailure: (error) => failures.push(error),
    now: () => clock.nowMs,
  });
  return { rates, fetcher, failures, clock, cache };
}

const down = () => {
  throw new Error('the bank cannot be reached');
};

test('the rates of the day are fetched once, however many ask, and kept for a day', async () => {
  const { rates, fetcher, clock } = open(() => dailyXml('2026-11-20', 2));
  const tables = await Promise.all([rates(), rates()]);
  expect(tables.map(({ date, bundled }) => ({ date, bundled }))).toEqual([
    { date: '2026-11-20', bundled: false },
    { date: '2026-11-20', bundled: false },
  ]);
  expect(tables[0]?.convert({ minor: 100, currency: 'EUR' }, 'USD')).toEqual({ minor: 200, currency: 'USD' });
  clock.nowMs += 23 * HOUR_MS;
  await rates();
  expect(fetcher.requests).toBe(1);
  clock.nowMs += 2 * HOUR_MS;
  await rates();
  expect(fetcher.requests).toBe(2);
});

test('while the bank cannot be reached the last rates are used, with their date', async () => {
  let isUp = true;
  const { rates, clock, failures } = open(() => (isUp ? dailyXml('2026-11-20', 2) : down()));
  await rates();
  isUp = false;
  clock.nowMs += 30 * HOUR_MS;
  expect(await rates()).toMatchObject({ date: '2026-11-20', bundled: false });
  expect(failures).toHaveLength(1);
});

test('without any the bundled ones are used and say so, and the bank is left in peace for an hour', async () => {
  const { rates, fetcher, clock, failures } = open(down);
  expect(await rates()).toMatchObject({ date: BUNDLED_RATES.date, bundled: true });
  await rates();
  expect(fetcher.requests).toBe(1);
  expect(failures).toHaveLength(1);
  clock.nowMs += 2 * HOUR_MS;
  await rates();
  expect(fetcher.requests).toBe(2);
});

test('without an address the bundled ones are used, and nothing is fetched', async () => {
  const fetcher = centralBank(() => dailyXml('2026-11-20', 2));
  const rates = openRates({ url: null, fetcher, cache: memoryCache(), onFailure: () => expect.unreachable() });
  expect(await rates()).toMatchObject({ date: BUNDLED_RATES.date, bundled: true });
  expect(fetcher.requests).toBe(0);
});

test('an answer that holds no rates is a failure', async () => {
  const { rates, failures } = open(() => '<html>maintenance</html>');
  expect(await rates()).toMatchObject({ bundled: true });
  expect(String(failures[0])).toContain('did not answer with exchange rates');
});

test('what the cache holds and is no rates is fetched anew', async () => {
  const cache = memoryCache();
  await cache.set('ecb-daily-rates', '{"published":', HOUR_MS);
  expect(await open(() => dailyXml('2026-11-20', 2), cache).rates()).toMatchObject({ date: '2026-11-20' });
});

test('a cache that fails does not stop the conversion', async () => {
  const { rates, failures } = open(() => dailyXml('2026-11-20', 2), { ...memoryCache(), get: async () => down() });
  expect(await rates()).toMatchObject({ bundled: true });
  expect(failures).toHaveLength(1);
});
