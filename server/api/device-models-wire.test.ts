import { expect, test } from 'vitest';
import { ImageLinks } from '../images/image-links.ts';
import { toProductCard, toWireDeviceModel } from './device-models-wire.ts';

const imageLinks = new ImageLinks('a secret of this test');
const tea = {
  ...{ id: 'tea', title: 'Tea', category: 'Kitchen', image: '/images/demo/tea.svg', source: 'test' },
  ...{ brand: null, description: null, gtin: null, mpn: null, listPrice: { minor: 499, currency: 'EUR' } },
};

test('a model is named with its sizes and the paths of its files', () => {
  const model = { version: 'v 1', nItems: 3, nFactors: 2, sizeBytes: 99, hasInteractions: true };
  expect(toWireDeviceModel(model)).toEqual({
    version: 'v 1',
    n_items: 3,
    n_factors: 2,
    size_bytes: 99,
    item_factors: '/models/v%201/item-factors',
    products: '/models/v%201/products',
    interactions: '/models/v%201/interactions',
  });
  expect(toWireDeviceModel({ ...model, hasInteractions: false }).interactions).toBeNull();
});

test('a product shows its title, its price, and a picture on our own origin', () => {
  expect(toProductCard(tea, imageLinks)).toEqual({
    product_id: 'tea',
    title: 'Tea',
    image: '/images/demo/tea.svg',
    category: 'Kitchen',
    list_price: { amount: '4.99', currency: 'EUR' },
  });
  const remote = toProductCard({ ...tea, image: 'https://shop.example/k.jpg', listPrice: null }, imageLinks);
  expect(remote.image).toMatch(/^\/images\/remote\?url=.+&sig=/);
  expect(remote.list_price).toBeNull();
});
