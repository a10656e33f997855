import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'nl',
    price: '€ 1.299,00',
    amount: '1299.00 EUR',
    buy: 'In winkelwagen',
    inStock: 'Op voorraad',
    outOfStock: 'Uitverkocht',
    sku: 'Artikelnummer',
    mpn: 'Modelnummer',
    gtin: 'EAN',
    brand: 'Merk',
  },
];
