import { expect, test } from 'vitest';
import type { BestDeal } from '../../../shared/api/comparison.ts';
import { whyBest } from './why-best.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const why: NonNullable<BestDeal['why']> = {
  standing: 'in_stock',
  n_offers: 34,
  price: euros('1021.49'),
  shipping: euros('5.56'),
  lowest_known: null,
  only_used: false,
};
const sentence = (change: Partial<typeof why>, locale = 'en-IE') =>
  whyBest({ reason: 'As the server says it.', why: { ...why, ...change } }, locale);

test('amounts stand as the shopper’s language writes them', () => {
  expect(sentence({})).toBe('Lowest total of 34 offers that can be had now: €1,021.49 plus €5.56 shipping.');
  expect(sentence({}, 'de-DE')).toBe(
    'Lowest total of 34 offers that can be had now: 1.021,49\u00a0€ plus 5,56\u00a0€ shipping.',
  );
});

test('how surely it can be had is said', () => {
  expect(sentence({ n_offers: 1, shipping: euros('0.00') })).toBe('The only offer in stock; shipping is free.');
  expect(sentence({ standing: 'uncertain', shipping: null })).toBe(
    'Lowest price of 34 offers, though the shop does not say that it is in stock; the shop does not say what shipping costs.',
  );
  expect(sentence({ standing: 'later', shipping: euros('0'), only_used: true })).toBe(
    'Lowest total of 34 offers that can be ordered, though not in stock now; shipping is free; used goods, as nobody offers it new.',
  );
});

test('where shipping is not told, the most that it may be stands beside the lowest total that is known', () => {
  const lowest_known = { shop_name: 'Elm', total: euros('1030.00') };
  expect(sentence({ shipping: null, lowest_known, shipping_at_most: euros('4.90') })).toContain(
    'with €4.90, the most that it asks elsewhere, it stays below €1,030.00 at Elm.',
  );
});

test('a deal without values keeps the sentence that came with it', () => {
  expect(whyBest({ reason: 'As the server says it.' })).toBe('As the server says it.');
});
