import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchOffers } from './match.ts';
import type { MatchableOffer } from './profile.ts';

const same = (left: string | MatchableOffer, right: string | MatchableOffer) =>
  matchOffers(asOffer(left), asOffer(right)).same;
const asOffer = (offer: string | MatchableOffer): MatchableOffer =>
  typeof offer === 'string' ? { title: offer } : offer;

describe('one product, in two shops’ words', () => {
  test.each([
    ['hyphens and words in a model', 'Sony WH-1000XM5 Wireless Headphones Black', 'Sony WH1000XM5B schwarz Kopfhörer'],
    ['a model in two words', 'Liebherr CNfb 4313 NoFrost', 'liebherr cnfb4313 60cm frost free fridge freezer'],
    ['the code twice', 'Bosch KGN39VW35G', 'Bosch KGN39VW35G/KGN39VW35G fridge freezer'],
    ['a country at the end of the code', 'Samsung UE55NU7400', 'samsung ue55nu7400kxxu 55 inch 4k smart tv'],
    ['units apart', 'Samsung Galaxy S23 256GB', 'SAMSUNG Galaxy S23 5G 256 GB Smartphone'],
    ['another order', 'LEGO Star Wars 75192 Millennium Falcon', 'Lego 75192 Millennium Falcon UCS'],
    ['colour is a variant', 'Apple iPhone 15 128GB Black', 'Apple iPhone 15 128GB Blue'],
    ['words only', 'Dyson V15 Detect Absolute', 'Dyson V15 Detect Absolute cordless vacuum cleaner'],
  ])('%s', (_why, left, right) => {
    expect(same(left, right)).toBe(true);
    expect(same(right, left)).toBe(true);
  });
});

describe('two products, however alike', () => {
  test.each([
    ['storage', 'Apple iPhone 15 128GB Black', 'Apple iPhone 15 256GB Black'],
    ['generation', 'Apple iPhone 15 128GB', 'Apple iPhone 14 128GB'],
    ['tier', 'Samsung Galaxy S23 256GB', 'Samsung Galaxy S23 Ultra 256GB'],
    ['tier of a named product', 'Nintendo Switch OLED White', 'Nintendo Switch Lite White'],
    ['an accessory', 'Apple iPhone 15', 'Apple iPhone 15 Silicone Case'],
    ['something made for it', 'Apple iPhone 15 128GB', 'Silicone Case for Apple iPhone 15'],
    ['one digit of the model', 'Sony WH-1000XM5 Wireless Headphones', 'Sony WH-1000XM4 Wireless Headphones'],
    ['a model of the series', 'LG 49LV541H LV541H series 49 LED TV', 'LG 32LV541H LV541H series 32 LED TV'],
    ['the size of the package', 'Coca Cola 6 x 330 ml', 'Coca-Cola 24 x 330ml'],
    ['the kind of thing', 'Smeg integrated dishwasher stainless steel', 'Smeg integrated microwave stainless steel'],
  ])('%s', (_why, left, right) => {
    expect(same(left, right)).toBe(false);
    expect(same(right, left)).toBe(false);
  });
});

describe('beyond the title', () => {
  test('one GTIN is one product, whatever the titles; two GTINs speak against it', () => {
    expect(same({ title: 'Pen', gtin: '4006381333931' }, { title: 'Stabilo point 88', gtin: '4006381333931' })).toBe(
      true,
    );
    expect(
      same({ title: 'Sony WH-1000XM5', gtin: '4006381333931' }, { title: 'Sony WH-1000XM5', gtin: '4548736132580' }),
    ).toBe(false);
  });

  test('a GTIN that is none, or that a shop made up for itself, says nothing', () => {
    const left = { title: 'Sony WH-1000XM5' };
    const plain = matchOffers(left, left).score;
    for (const gtin of ['1234567890123', '2000000000008', 'n/a']) {
      expect(matchOffers({ ...left, gtin }, { ...left, gtin }).score).toBe(plain);
    }
  });

  test('a price far off speaks against it', () => {
    const at = (price: number) =>
      matchOffers({ title: 'Nikon D90 camera', price: 899 }, { title: 'Nikon D90 body', price });
    expect(at(879).score).toBeGreaterThan(at(450).score);
    expect(at(450).score).toBeGreaterThan(at(29).score);
  });

  test('the brand, the manufacturer’s number and the description count', () => {
    const bare = matchOffers({ title: 'QuietComfort 45' }, { title: 'QC45 headphones' }).score;
    const withNumber = matchOffers(
      { title: 'QuietComfort 45', mpn: '866724-0100' },
      { title: 'QC45 headphones', mpn: '866724-0100' },
    ).score;
    expect(withNumber).toBeGreaterThan(bare);
    const described = matchOffers(
      { title: 'Garmin nuvi portable friction mount 0101090800' },
      { title: 'Garmin portable friction mount', description: 'Garmin 010-10908-00 portable friction mount' },
    );
    expect(described.same).toBe(true);
    const title = 'Espresso machine with grinder';
    expect(same({ title, brand: 'Krups' }, { title, brand: 'Sage' })).toBe(false);
  });
});

test('any two offers have a probability, the same in both directions', () => {
  const offer = fc.record({
    title: fc.string({ unit: 'grapheme' }),
    brand: fc.option(fc.string()),
    gtin: fc.option(fc.string()),
    description: fc.option(fc.string()),
    price: fc.option(fc.double({ min: 0, noNaN: true })),
  });
  fc.assert(
    fc.property(offer, offer, (left, right) => {
      const { score } = matchOffers(left, right);
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
      expect(matchOffers(right, left).score).toBeCloseTo(score, 10);
    }),
  );
});
