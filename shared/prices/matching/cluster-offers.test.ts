import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterOffers } from './cluster-offers.ts';

function productsOf(titles: readonly string[]): number[] {
  return clusterOffers(titles.map((title) => ({ title })));
}

describe('offers grouped by product', () => {
  test('phones: by model, tier and storage, over shops, spellings and colours', () => {
    const titles = [
      ['Apple iPhone 15 128GB Black', 'iPhone 15 (128 GB) black', 'Apple iPhone 15 128GB smartphone'],
      ['Apple iPhone 15 256GB Black', 'iPhone 15 (256 GB) black'],
      ['Apple iPhone 15 Pro 128GB Natural', 'iPhone 15 Pro (128 GB)'],
      ['Silicone case for iPhone 15 black'],
    ];
    const products = titles.flatMap((group, product) => group.map(() => product));
    expect(productsOf(titles.flat())).toEqual(products);
  });

  test('appliances: by model number', () => {
    expect(
      productsOf([
        'Bosch KGN39VW35G frost free fridge freezer white',
        'Siemens KG39NVW35G iQ300 fridge freezer white',
        'bosch kgn39vw35g serie 4',
        'KGN39VW35G/KGN39VW35G',
        'Siemens KG39NVW35G',
      ]),
    ).toEqual([0, 1, 0, 0, 1]);
  });

  test('a title that fits several products is put with none of them', () => {
    const products = productsOf([
      'Bosch SMS25AW00G serie 2 freestanding dishwasher white',
      'Bosch SMS46IW08G serie 2 freestanding dishwasher white',
      'Bosch serie 2 freestanding dishwasher white',
    ]);
    expect(new Set(products).size).toBe(3);
  });

  test('a general title does not make one product of two sizes', () => {
    const [small, large] = productsOf([
      'Nescafe Gold Blend coffee 95g',
      'Nescafe Gold Blend coffee 200g',
      'Nescafe Gold Blend Coffee',
      'Nescafe Gold Blend instant coffee',
      'Nescafe Gold Blend',
    ]);
    expect(small).not.toBe(large);
  });

  test('a GTIN joins what no word does', () => {
    const gtin = '4006381333931';
    expect(
      clusterOffers([{ title: 'Fineliner', gtin }, { title: 'Mug' }, { title: 'Stabilo point 88', gtin }]),
    ).toEqual([0, 1, 0]);
  });

  test('every offer has a product, and products are numbered as they appear', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 30 }), (titles) => {
        const products = productsOf(titles);
        expect(products).toHaveLength(titles.length);
        const firstSeen = [...new Set(products)];
        expect(firstSeen).toEqual(firstSeen.map((_, i) => i));
      }),
    );
  });
});
