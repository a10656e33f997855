import { createHash } from 'node:crypto';
import { validate, version } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { demoProducts } from '../catalogue/catalogue.ts';
import { createRandom } from '../random.ts';
import { type DemoEvent, demoEvents, demoShopperIds, EVENTS_END } from './events.ts';

const YEAR_MS = 365 * 86_400_000;
const K = 20;

describe("the demo shoppers' events", () => {
  let events: DemoEvent[];
  beforeAll(() => {
    events = [...demoEvents()];
  });
  const ofType = (type: DemoEvent['type']) => events.filter((event) => event.type === type);

  it('are about 150,000, by all of the shoppers 1 … 3000, on every product', () => {
    expect(events.length).toBeGreaterThan(135_000);
    expect(events.length).toBeLessThan(165_000);
    const shoppers = new Set(events.map(({ shopperId }) => shopperId));
    expect(shoppers).toEqual(new Set(demoShopperIds()));
    expect(new Set(events.map(({ productId }) => productId)).size).toBeGreaterThan(0.98 * demoProducts().length);
  });

  it('are the same, byte for byte, whenever and wherever they are made', () => {
    const hash = createHash('sha256');
    for (const event of events) hash.update(`${JSON.stringify(event)}\n`);
    expect(hash.digest('hex')).toMatchInlineSnapshot(
      `"c81cb6ac0372e237113389fb47a285cc5d692cb43e8ed6063fbb359b79aa6167"`,
    );
  });

  it('are views, purchases and ratings, with values as these have them', () => {
    expect(ofType('view').every(({ value }) => value === 1)).toBe(true);
    expect(ofType('purchase').every(({ value }) => value >= 1 && value <= 3)).toBe(true);
    expect(new Set(ofType('rating').map(({ value }) => value))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(ofType('purchase').length).toBeGreaterThan(20_000);
    expect(ofType('rating').length).toBeGreaterThan(10_000);
  });

  it('come in order of time for each shopper, within one year', () => {
    const times = events.map(({ occurredAt }) => occurredAt.getTime());
    const late = events.filter(
      ({ shopperId }, i) => shopperId === events[i - 1]?.shopperId && times[i]! < times[i - 1]!,
    );
    expect(late).toEqual([]);
    expect(times.filter((time) => time >= EVENTS_END || time < EVENTS_END - YEAR_MS)).toEqual([]);
  });

  it('have ids that are unique UUIDs of version 7 and tell the time', () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    for (const { id, occurredAt } of events.slice(0, 1_000)) {
      expect(validate(id) && version(id)).toBe(7);
      expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(occurredAt.getTime());
    }
  });

  it('have no rating of a thing that was not bought before', () => {
    const bought = new Map<string, number>();
    const early = events.filter(({ type, shopperId, productId, occurredAt }) => {
      const key = `${shopperId}/${productId}`;
      if (type === 'purchase' && !bought.has(key)) bought.set(key, occurredAt.getTime());
      return type === 'rating' && !(bought.get(key)! < occurredAt.getTime());
    });
    expect(early).toEqual([]);
  });

  it('have tastes in them: neighbours of what a shopper looked at find what was held out far better than popularity', () => {
    const recall = recallOfHeldOut(events);
    expect(recall.neighbours).toBeGreaterThan(3 * recall.popularity);
    expect(recall.neighbours).toBeGreaterThan(0.15);
  });
});

/** Recall@20 on a fifth of each shopper's products, by popularity and by cosine neighbours of the others, on every tenth shopper. */
function recallOfHeldOut(events: readonly DemoEvent[]): { popularity: number; neighbours: number } {
  const index = new Map(demoProducts().map(({ id }, i) => [id, i]));
  const n = index.size;
  const random = createRandom('held-out');
  const seen = new Map<string, { train: number[]; test: Set<number>; known: Set<number> }>();
  for (const { shopperId, productId } of events) {
    const item = index.get(productId)!;
    const shopper = seen.get(shopperId) ?? { train: [], test: new Set(), known: new Set() };
    seen.set(shopperId, shopper);
    if (shopper.known.has(item)) continue;
    shopper.known.add(item);
    if (random() < 0.2) shopper.test.add(item);
    else shopper.train.push(item);
  }
  const count = new Float64Array(n);
  const together = new Float32Array(n * n);
  for (const { train } of seen.values()) {
    for (const a of train) {
      count[a]! += 1;
      for (const b of train) if (a !== b) together[a * n + b]! += 1 / Math.sqrt(train.length);
    }
  }
  const neighbours = (train: readonly number[]) => {
    const scores = new Float64Array(n);
    for (const a of train)
      for (let b = 0; b < n; b++) scores[b]! += together[a * n + b]! / Math.sqrt((count[a]! + 10) * (count[b]! + 10));
    return scores;
  };
  const recall = { popularity: 0, neighbours: 0 };
  const judged = [...seen.values()].filter(({ test, train }, i) => i % 10 === 0 && test.size > 0 && train.length > 0);
  for (const { train, test } of judged) {
    const hits = (scores: Float64Array) => {
      const own = new Set(train);
      const top = [...scores.keys()].filter((item) => !own.has(item)).sort((a, b) => scores[b]! - scores[a]!);
      return top.slice(0, K).filter((item) => test.has(item)).length / Math.min(test.size, K);
    };
    recall.popularity += hits(count) / judged.length;
    recall.neighbours += hits(neighbours(train)) / judged.length;
  }
  return recall;
}
