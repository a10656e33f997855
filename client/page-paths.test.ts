import { expect, test } from 'vitest';
import { comparePath, productPath, searchPath } from './page-paths.ts';

test('ids and words are escaped in addresses', () => {
  expect(productPath('a/b $&')).toBe('/product/a%2Fb%20%24%26');
  expect(searchPath({ q: 'cup & saucer' })).toBe('/search?q=cup+%26+saucer');
  expect(searchPath({ category: 'Kitchen' })).toBe('/search?category=Kitchen');
  expect(comparePath('kettle')).toBe('/compare?q=kettle');
  expect(comparePath('https://shop.example/p/1?x=2', 'kettle')).toBe(
    '/compare?q=https%3A%2F%2Fshop.example%2Fp%2F1%3Fx%3D2&words=kettle',
  );
});
