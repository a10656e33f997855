import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'sk',
    price: '1 299,00 €',
    amount: '1299.00 EUR',
    buy: 'Pridať do košíka',
    inStock: 'Na sklade',
    outOfStock: 'Vypredané',
    sku: 'Kód tovaru',
    mpn: 'Kód výrobcu',
    gtin: 'EAN',
    brand: 'Výrobca',
  },
];
