import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'hr',
    price: '129,90 €',
    amount: '129.90 EUR',
    buy: 'Dodaj u košaricu',
    inStock: 'Dostupno',
    outOfStock: 'Nije dostupno',
    sku: 'Šifra',
    mpn: 'Model',
    gtin: 'Barkod',
    brand: 'Robna marka',
  },
];
