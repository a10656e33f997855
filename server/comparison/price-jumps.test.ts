import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import type { PriceObservation, Store } from '../store/store.ts';
import { holdBackJumps, isJump } from './price-jumps.ts';

const EUR = (minor: number) => ({ minor, currency: 'EUR' });
const MINUTE_MS = 60_000;
const NOON = new Date('2026-11-22T12:00:00Z').getTime();

describe('a price is beyond reason', () => {
  const history = [100_00, 95_00, 110_00, 100_00].map(EUR);

  test.each([
    [40_00, false],
    [39_99, true],
    [160_00, false],
    [160_01, true],
    [1_00, true],
  ])('at %i cents, after about 100 euros: %s', (minor, expected) => {
    expect(isJump(EUR(minor), history)).toBe(expected);
  });

  test('never where nothing is known of the offer', () => {
    expect(isJump(EUR(1), [])).toBe(false);
  });

  test('against the usual price, not against one odd day', () => {
    expect(isJump(EUR(100_00), [...history, EUR(1_00)])).toBe(false);
  });

  test('not again once the last price has been believed', () => {
    expect(isJump(EUR(32_00), [...history, EUR(30_00)])).toBe(false);
  });
});

describe('a price that jumps', () => {
  let dataDir: string;
  let store: Store;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'magpie-jumps-'));
    store = await openStore({ dataDir, databaseUrl: null });
    await store.prices.record([seen(100_00, -60), seen(90_00, -30)]);
  });
  afterEach(async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  const seen = (minor: number, minute: number, url = 'u1'): PriceObservation => ({
    shop: 's1',
    url,
    price: EUR(minor),
    availability: 'InStock',
    observedAt: new Date(NOON + minute * MINUTE_MS),
  });
  const look = async (...observations: PriceObservation[]) => [...(await holdBackJumps(store, 's1', observations))];
  const history = async () => (await store.prices.ofOffers('s1', ['u1'], new Date(0))).map(({ price }) => price.minor);

  test('is held back alone, and is not in the history', async () => {
    expect(await look(seen(9_00, 0), seen(50_00, 0, 'new'))).toEqual(['u1']);
    expect(await history()).toEqual([100_00, 90_00]);
  });

  test('is believed when a second look sees it, at the time when it was first seen', async () => {
    await look(seen(9_00, 0));
    expect(await look(seen(9_20, 20))).toEqual([]);
    expect(await history()).toEqual([100_00, 90_00, 9_00]);
    expect(await store.pendingPrices.of('s1', ['u1'])).toEqual([]);
    expect(await look(seen(9_20, 40))).toEqual([]);
  });

  test('is not confirmed by the same look told again, nor by one right after it', async () => {
    await look(seen(9_00, 0));
    expect(await look(seen(9_00, 0))).toEqual(['u1']);
    expect(await look(seen(9_00, 4))).toEqual(['u1']);
    expect(await look(seen(9_00, 6))).toEqual([]);
  });

  test('is forgotten when the second look sees the usual price', async () => {
    await look(seen(9_00, 0));
    expect(await look(seen(95_00, 20))).toEqual([]);
    expect(await history()).toEqual([100_00, 90_00]);
    expect(await look(seen(9_00, 40))).toEqual(['u1']);
  });

  test('to another odd price waits anew', async () => {
    await look(seen(9_00, 0));
    expect(await look(seen(900_00, 20))).toEqual(['u1']);
    expect(await look(seen(9_00, 24))).toEqual(['u1']);
  });

  test('is believed at once in another currency, of which nothing is known', async () => {
    expect(await look({ ...seen(9_00, 0), price: { minor: 9_00, currency: 'KWD' } })).toEqual([]);
  });
});
