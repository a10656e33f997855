import { describe, expect, test } from 'vitest';
import type { ComparedOffer, ShopResult } from '../../shared/api/comparison.ts';
import { aComparison, anOffer } from './an-offer.test-data.ts';
import { afterEvent, ComparisonFailed, NOTHING_YET } from './live-comparison.ts';

const answered = (...offers: ComparedOffer[]): ShopResult => ({
  status: 'answered',
  shop: offers[0]?.shop ?? 'none',
  shop_name: 'Shop',
  offers,
  elapsed_ms: 12,
});

const failure = { shop: 'elm', shop_name: 'Elm', reason: 'timeout', detail: 'It took too long.' } as const;

describe('a comparison while it is made', () => {
  test('each shop is ranked by total as it comes, as amounts and not as text', () => {
    let live = afterEvent(NOTHING_YET, { type: 'shop', data: answered(anOffer('ash', '100.00')) });
    live = afterEvent(live, { type: 'shop', data: answered(anOffer('bay', '99.90'), anOffer('bay', '9.95')) });
    expect(live.offers.map(({ total }) => total?.amount)).toEqual(['9.95', '99.90', '100.00']);
    expect(live).toMatchObject({ nAnswered: 2, finished: null });
  });

  test('what a slow shop has said so far is shown at once, and gives way to its answer', () => {
    let live = afterEvent(NOTHING_YET, { type: 'shop', data: answered(anOffer('ash', '50.00')) });
    live = afterEvent(live, { type: 'shop_so_far', data: answered(anOffer('bay', '40.00')) });
    expect(live).toMatchObject({ nAnswered: 1, offers: [{ shop: 'bay' }, { shop: 'ash' }] });
    live = afterEvent(live, { type: 'shop', data: answered(anOffer('bay', '60.00'), anOffer('bay', '70.00')) });
    expect(live.nAnswered).toBe(2);
    expect(live.offers.map(({ total }) => total?.amount)).toEqual(['50.00', '60.00', '70.00']);
  });

  test('a shop that fails after all takes back what it said', () => {
    const soFar = afterEvent(NOTHING_YET, { type: 'shop_so_far', data: answered(anOffer('elm', '40.00')) });
    const live = afterEvent(soFar, { type: 'shop', data: { status: 'failed', elapsed_ms: 9, failure } });
    expect(live).toMatchObject({ nAnswered: 1, offers: [], failures: [failure] });
  });

  test('a shop that fails is kept by name, and counts as having answered', () => {
    const live = afterEvent(NOTHING_YET, { type: 'shop', data: { status: 'failed', elapsed_ms: 9, failure } });
    expect(live).toMatchObject({ nAnswered: 1, offers: [], failures: [failure] });
  });

  test("the server's whole takes the place of what had arrived", () => {
    const live = afterEvent(NOTHING_YET, { type: 'shop', data: answered(anOffer('ash', '100.00')) });
    const whole = aComparison([anOffer('ash', '100.00', { product_id: '7' })], { failures: [failure] });
    expect(afterEvent(live, { type: 'completed', data: { result: whole } })).toEqual({
      offers: whole.offers,
      failures: [failure],
      nAnswered: 2,
      finished: whole,
    });
  });

  test('a job without a result is an error, and messages of other kinds change nothing', () => {
    expect(() => afterEvent(NOTHING_YET, { type: 'failed', data: { error: 'no shop is known' } })).toThrow(
      new ComparisonFailed('The server could not compare: no shop is known.'),
    );
    expect(afterEvent(NOTHING_YET, { type: 'progress', data: 0.5 })).toBe(NOTHING_YET);
  });

  test('a message that is not what the API promises is refused', () => {
    expect(() => afterEvent(NOTHING_YET, { type: 'shop', data: { status: 'answered' } })).toThrow('cannot be read');
  });
});
