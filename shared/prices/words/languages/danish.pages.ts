import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'da-DK',
    price: '1.299,00 kr.',
    amount: '1299.00 DKK',
    buy: 'Læg i kurv',
    inStock: 'På lager',
    outOfStock: 'Udsolgt',
    sku: 'Varenummer',
    mpn: 'Producentens varenummer',
    gtin: 'EAN',
    brand: 'Mærke',
  },
];
