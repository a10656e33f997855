import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'nb-NO',
    price: '1 299,-',
    amount: '1299 -',
    buy: 'Legg i handlekurv',
    inStock: 'På lager',
    outOfStock: 'Ikke på lager',
    sku: 'Varenr',
    mpn: 'Produsentens varenummer',
    gtin: 'EAN',
    brand: 'Merke',
  },
];
