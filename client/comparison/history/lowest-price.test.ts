import { describe, expect, test } from 'vitest';
import type { Availability } from '../../../shared/prices/offer.ts';
import { currenciesToDraw, lowestPriceSteps, type PriceObservation, stepsSince, summarize } from './lowest-price.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-01-01T00:00:00Z');
const day = (n: number) => START_MS + n * DAY_MS;

function seen(
  onDay: number,
  shop: string,
  amount: string,
  availability: Availability | null = 'InStock',
): PriceObservation {
  return { shop, price: { amount, currency: 'EUR' }, availability, observed_at: new Date(day(onDay)).toISOString() };
}

describe('lowestPriceSteps', () => {
  test('is the lowest of what the shops asked last', () => {
    const steps = lowestPriceSteps([seen(0, 'ash', '20.00'), seen(2, 'bay', '9.50'), seen(4, 'bay', '30')], day(6));
    expect(steps).toEqual([
      { fromMs: day(0), toMs: day(2), amount: '20.00' },
      { fromMs: day(2), toMs: day(4), amount: '9.50' },
      { fromMs: day(4), toMs: day(6), amount: '20.00' },
    ]);
  });

  test('leaves a gap while it is sold out everywhere; not knowing is not sold out', () => {
    const steps = lowestPriceSteps(
      [seen(0, 'ash', '20', null), seen(1, 'ash', '20', 'OutOfStock'), seen(3, 'ash', '21')],
      day(4),
    );
    expect(steps.map(({ amount }) => amount)).toEqual(['20', null, '21']);
  });

  test('does not mind the order, joins equal neighbours, and takes all of one moment together', () => {
    const steps = lowestPriceSteps([seen(3, 'ash', '10'), seen(0, 'bay', '12'), seen(0, 'ash', '10')], day(5));
    expect(steps).toEqual([{ fromMs: day(0), toMs: day(5), amount: '10' }]);
  });

  test('has none where nothing was seen', () => {
    expect(lowestPriceSteps([], day(1))).toEqual([]);
  });
});

describe('summarize', () => {
  test('weighs the median by time, not by number of changes', () => {
    const steps = lowestPriceSteps(
      [seen(0, 'ash', '100'), seen(20, 'ash', '80'), seen(21, 'ash', '81'), seen(22, 'ash', '82')],
      day(23),
    );
    expect(summarize(steps)).toEqual({ lowest: { amount: '80', atMs: day(20) }, median: '100' });
  });

  test('looks only at the time asked for', () => {
    const steps = lowestPriceSteps([seen(0, 'ash', '5'), seen(10, 'ash', '9')], day(20));
    expect(summarize(stepsSince(steps, day(12)))).toEqual({ lowest: { amount: '9', atMs: day(12) }, median: '9' });
  });

  test('is null where it could never be had', () => {
    expect(summarize(lowestPriceSteps([seen(0, 'ash', '5', 'SoldOut')], day(1)))).toBeNull();
  });
});

describe('currenciesToDraw', () => {
  const inPounds = (onDay: number) => ({ ...seen(onDay, 'ash', '5'), price: { amount: '5', currency: 'GBP' } });
  const history = [inPounds(0), inPounds(1), inPounds(2), seen(0, 'bay', '6'), seen(1, 'bay', '6')];

  test("is the shopper's own where it gives a line", () => {
    expect(currenciesToDraw(history, 'EUR')).toEqual(['EUR', 'GBP']);
  });

  test('is else the one that was observed most', () => {
    expect(currenciesToDraw(history, 'SEK')).toEqual(['GBP', 'EUR']);
    expect(currenciesToDraw(history.slice(0, 4), 'EUR')).toEqual(['GBP', 'EUR']);
    expect(currenciesToDraw([], 'EUR')).toEqual([]);
  });
});
