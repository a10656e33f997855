import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'sv-SE',
    price: '1 299 kr',
    amount: '1299 SEK',
    buy: 'Lägg i varukorgen',
    inStock: 'I lager',
    outOfStock: 'Slut i lager',
    sku: 'Artikelnummer',
    mpn: 'Tillverkarens artikelnummer',
    gtin: 'EAN',
    brand: 'Varumärke',
  },
];
