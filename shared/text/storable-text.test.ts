import { expect, test } from 'vitest';
import { isStorable, unstorableField } from './storable-text.ts';

test('NUL and halves of surrogate pairs are not storable, whole pairs and everything else are', () => {
  for (const text of ['', 'Käse 🧀', '\t\n', '\uFFFD']) expect(isStorable(text)).toBe(true);
  for (const text of ['a\u0000b', '\uD83E', 'x\uDDC0', '\uDDC0\uD83E']) expect(isStorable(text)).toBe(false);
});

test('the first field that cannot be kept is named', () => {
  expect(unstorableField({ id: 'a', title: 'b\u0000', brand: null, price: 3 })).toBe('title');
  expect(unstorableField({ id: 'a', title: 'b' })).toBeNull();
});
