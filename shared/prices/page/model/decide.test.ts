import { describe, expect, it } from 'vitest';
import type { QuotedPrice } from '../../offer.ts';
import type { CastVote, Field, FieldValues, Vote } from '../vote.ts';
import { decide } from './decide.ts';

function vote<F extends Field>(source: string, field: F, value: FieldValues[F], signals: Vote['signals']): CastVote {
  return { source, vote: { field, value, raw: JSON.stringify(value), signals } };
}
const eur = (amount: string, currency: string | null = 'EUR'): QuotedPrice => ({ amount, currency });

describe('decide', () => {
  it('takes the likeliest value; agreement of sources counts, repetition by one does not', () => {
    expect(decide([vote('a', 'sku', 'X1', 0.7), vote('b', 'sku', 'Y2', 0.65), vote('c', 'sku', 'y2', 0.65)]).sku).toBe(
      'Y2',
    );
    expect(decide([vote('a', 'sku', 'X1', 0.7), vote('b', 'sku', 'Y2', 0.65), vote('b', 'sku', 'Y2', 0.65)]).sku).toBe(
      'X1',
    );
  });

  it('counts equal amounts as one candidate and keeps the currency that one of them names', () => {
    const offer = decide([vote('a', 'price', eur('12.50', null), 0.5), vote('b', 'price', eur('12.5'), 0.4)]);
    expect(offer.price).toEqual({ amount: '12.5', currency: 'EUR' });
    expect(decide([vote('a', 'price', eur('5', 'USD'), 0.5), vote('b', 'price', eur('5'), 0.6)]).price?.currency).toBe(
      'EUR',
    );
  });

  it('shows the votes of the chosen candidate first', () => {
    const { evidence } = decide([
      vote('a', 'price', eur('9'), 0.4),
      vote('b', 'price', eur('7'), 0.8),
      vote('c', 'price', eur('7'), 0.3),
    ]);
    expect(evidence.price?.map(({ source }) => source)).toEqual(['b', 'c', 'a']);
  });

  it('says how likely each field is, and with each vote how likely its value is', () => {
    const { evidence, probability } = decide([vote('a', 'sku', 'X1', 0.9), vote('b', 'sku', 'Y2', 0.5)]);
    // exp(log-odds) over the sum with that of "none of these": 9 / (9 + 1 + 1).
    expect(probability.sku).toBe(0.82);
    expect(evidence.sku?.map(({ confidence }) => confidence)).toEqual([0.82, 0.09]);
  });

  it('cannot tell when nobody is sure enough', () => {
    const offer = decide([vote('a', 'price', eur('9'), 0.2), vote('a', 'availability', 'InStock', 0.2)]);
    expect([offer.price, offer.availability]).toEqual([null, null]);
    expect(offer.evidence.price).toHaveLength(1);
  });

  it('does not ask a price that is shown struck through', () => {
    const votes = [
      vote('json-ld', 'price', eur('50'), 0.95),
      vote('page', 'price', eur('40'), 0.9),
      vote('page', 'listPrice', eur('50'), 0.6),
    ];
    expect(decide(votes)).toMatchObject({ price: eur('40'), listPrice: eur('50') });
  });

  it('has a list price only above the price and in its currency', () => {
    const listed = (listPrice: QuotedPrice) =>
      decide([vote('a', 'price', eur('40'), 0.9), vote('a', 'listPrice', listPrice, 0.9)]).listPrice;
    expect(listed(eur('30'))).toBeNull();
    expect(listed(eur('50', 'USD'))).toBeNull();
    expect(listed(eur('50'))).toEqual(eur('50'));
  });
});
