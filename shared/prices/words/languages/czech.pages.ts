import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'cs',
    price: '12 990 Kč',
    amount: '12990 CZK',
    buy: 'Přidat do košíku',
    inStock: 'Skladem',
    outOfStock: 'Vyprodáno',
    sku: 'Kód produktu',
    mpn: 'Kód výrobce',
    gtin: 'EAN',
    brand: 'Výrobce',
  },
];
