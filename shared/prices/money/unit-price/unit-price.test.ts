import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packageSize } from './package-size.ts';
import { unitPrice } from './unit-price.ts';

const EUR_6 = { minor: 600, currency: 'EUR' };

describe('the price of a kilogram, a litre or a piece', () => {
  test.each([
    ['Mineral water 6 x 330 ml', '3.03', 'l'],
    ['Cola 6x0,33l Dosen', '3.03', 'l'],
    ['Cola 330ml (Pack of 6)', '3.03', 'l'],
    ['Bier 6er Pack 330 ml', '3.03', 'l'],
    ['Orange juice 1,5 l', '4.00', 'l'],
    ['Orange juice 1.5-litre', '4.00', 'l'],
    ['Spaghetti 500g', '12.00', 'kg'],
    ['Spaghetti 500 g x 2', '6.00', 'kg'],
    ['Rice 1,125 kg', '5.33', 'kg'],
    ['Flour 1.000 g', '6.00', 'kg'],
    ['Pralinen 12 à 50 g', '10.00', 'kg'],
    ['Gummy bears 500 g, 20 Stück', '12.00', 'kg'],
    ['Coffee beans 12 oz', '17.64', 'kg'],
    ['Dog food 1 lb', '13.23', 'kg'],
    ['Peanuts 1 kg (2.2 lb)', '6.00', 'kg'],
    ['Shampoo 8.5 fl oz', '23.87', 'l'],
    ['USB cable 2-pack', '3.00', 'piece'],
    ['Ibuprofen 400 mg 100 Tabletten', '0.06', 'piece'],
    ['Paper cups 174 pcs', '0.0345', 'piece'],
    ['Batterien Doppelpack', '3.00', 'piece'],
    ['生理食塩水 500ml', '12.00', 'l'],
    ['Espresso-500g', '12.00', 'kg'],
    ['Cola 500-ml-Flasche', '12.00', 'l'],
    ['Rice (AH2-121-GR) 500 g', '12.00', 'kg'],
  ])('%s: %s a %s', (title, amount, per) => {
    expect(unitPrice(title, EUR_6)).toEqual({ amount, currency: 'EUR', per });
  });

  test.each([
    ['no size', 'Wireless headphones'],
    ['a range of sizes', 'Salmon fillet 200-300 g'],
    ['two sizes', 'Protein bar 60 g with 20 g protein'],
    ['a strength', 'Vitamin C 1000 mg'],
    ['the capacity of a machine', 'Waschmaschine 8 kg 1400 U/min'],
    ['the volume of a vessel', 'Kettle 1.7 l stainless steel'],
    ['a mobile network', 'Smartphone, 5G, 256 GB'],
    ['a model number before a kind of machine', 'Minuto 2 Capsule Coffee Machine'],
    ['the layers of a jacket', 'Monsoon 3L Rain Jacket'],
    ['the parts of a puzzle', 'Jigsaw Puzzle, 500 Pieces'],
    ['one piece', 'Mug, 1 piece'],
    ['a number that belongs to a word', 'Canon G7X camera'],
    ['an article number that ends like grams', 'Technica ATH-M50 (AH2-121-GR) wireless headphones'],
    ['an article number that ends like litres', 'Backpack strap WX-40-L'],
    ['an article number that ends like a count', 'Cable tie KB/100-ST'],
  ])('%s tells no unit price: %s', (_why, title) => {
    expect(unitPrice(title, EUR_6)).toBeNull();
  });

  test('follows the minor unit of the currency', () => {
    expect(unitPrice('Tea 3 kg', { minor: 1000, currency: 'JPY' })).toEqual({
      amount: '333',
      currency: 'JPY',
      per: 'kg',
    });
  });

  test('any text has a size above nothing or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[0-9xlgk ,.-]{0,30}$/), (prose, sizes) => {
        const size = packageSize(`${prose} ${sizes}`);
        return size === null || size.billionths > 0n;
      }),
    );
  });
});
