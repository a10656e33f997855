import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseQuery } from './normalise-query.ts';
import { isRelevant, relevance } from './relevance.ts';

describe('an offer answers a query', () => {
  test.each([
    ['headphones', 'Sony WH-1000XM5 Wireless Headphones'],
    ['headphones', 'JBL Tune 230NC earphones'],
    ['headphones', 'Anker Soundcore Liberty 4 earbuds with charging case'],
    ['headphones', 'TWS Earbuds Wireless, charging case, IPX7'],
    ['headphones', 'Teufel Kopfhörer REAL BLUE'],
    ['kopfhörer', 'Écouteurs sans fil Bose QuietComfort'],
    ['head phones', 'Sennheiser HD 560S Headphones'],
    ['sony wh1000xm5', 'Sony WH-1000XM5 schwarz'],
    ['sony wh-1000xm5 headphones', 'SONY WH1000XM5B Noise Cancelling WH-1000XM5'],
    ['iphone 15', 'Apple iPhone 15 128GB Black'],
    ['iphone 15', 'Apple iPhone 15 (128 GB) with USB-C cable'],
    ['iphone 15 charger', 'Anker USB-C Charger for iPhone 15'],
    ['iphone 15 hülle', 'Silikon Handyhülle kompatibel mit iPhone 15'],
    ['phone', 'Samsung Galaxy A54 5G smartphone 5000mAh battery'],
    ['stand mixer', 'KitchenAid Artisan Stand Mixer'],
    ['wireless headphones', 'Bose QuietComfort 45 Bluetooth headphones'],
    ['waschmaschine', 'Bosch WAN28K43 Waschmaschine 8 kg'],
    ['samsung tv', 'Samsung 55" QLED Fernseher'],
    ['laptop', 'Lenovo IdeaPad 3 Notebook 15,6 Zoll'],
    ['headphoens', 'Philips Headphones TAH4205'],
    ['耳机', '索尼无线耳机 WH-1000XM5'],
    ['lampe', 'Lampe de table'],
    ['lámpara', 'Lámpara de mesa'],
    ['lampada', 'Lampada da tavolo'],
  ])('%s: %s', (query, title) => {
    expect(isRelevant(query, { title })).toBe(true);
  });

  test.each([
    ['headphones', 'Headphone Stand Aluminium'],
    ['headphones', 'Kopfhörerständer Holz'],
    ['headphones', 'Replacement Ear Pads for Bose QC35 Headphones'],
    ['headphones', 'Headphone amplifier FiiO K5'],
    ['iphone 15', 'Silicone Case for iPhone 15'],
    ['iphone 15', 'Apple iPhone 15 – Silicone Case'],
    ['iphone 15', 'Coque iPhone 15 transparente'],
    ['iphone 15', 'USB-C Ladegerät 20W kompatibel mit iPhone 15'],
    ['iphone 15', 'Panzerglas iPhone 15 2 Stück'],
    ['iphone 15', 'Apple iPhone 14 128GB'],
    ['iphone 15', 'Gimbal for iPhone 15 vlogging'],
    ['iphone charger', 'Apple iPhone 15 128GB'],
    ['ps5', 'HyperX Cloud headset for PS5'],
    ['laptop', 'Laptop backpack 15.6 inch'],
    ['laptop', 'Laptop table foldable'],
    ['camera', 'Camera bag shoulder'],
    ['tv', 'TV wall mount 32-65 inch'],
    ['sony headphones', 'Bose QuietComfort Headphones'],
    ['vacuum cleaner', 'Staubsaugerbeutel 10 Stück'],
    ['printer', 'HP 302 ink cartridge black'],
    ['手机', '苹果手机壳'],
    ['coffee machine', 'Garden hose 20 m'],
    ['iphone 15', 'Funda de iPhone 15'],
  ])('%s is not %s', (query, title) => {
    expect(isRelevant(query, { title })).toBe(false);
  });

  test('a brand that only the offer names counts', () => {
    expect(isRelevant('sony headphones', { title: 'WH-CH520 headphones', brand: 'Sony' })).toBe(true);
  });

  test('what covers more of the query scores higher', () => {
    const score = (title: string) => relevance('sony wh-1000xm5 headphones', { title });
    expect(score('Sony WH-1000XM5 headphones')).toBe(1);
    expect(score('Sony WH-1000XM4 headphones')).toBeLessThan(score('Sony WH-1000XM5'));
  });

  test('any query and title score between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (query, title) => {
        const score = relevance(query, { title });
        return score >= 0 && score <= 1;
      }),
    );
  });
});

describe('a query in its one form', () => {
  test.each([
    ['  Head\tPhones ', 'head phones'],
    ['ＨＤＭＩ　Cable', 'hdmi cable'],
    ['"Sony" WH-1000XM5!', 'sony wh-1000xm5'],
    ['Men’s shoes, size 9.5', "men's shoes size 9.5"],
    ['C++ primer', 'c++ primer'],
    ['55" TV', '55" tv'],
    ['  ', ''],
  ])('%j is %j', (query, normalised) => {
    expect(normaliseQuery(query)).toBe(normalised);
  });

  test('normalising again changes nothing, and the length is bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (query) => {
        const once = normaliseQuery(query);
        expect(normaliseQuery(once)).toBe(once);
        expect(once.length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
