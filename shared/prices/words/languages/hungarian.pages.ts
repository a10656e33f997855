import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'hu',
    price: '129 990 Ft',
    amount: '129990 HUF',
    buy: 'Kosárba',
    inStock: 'Raktáron',
    outOfStock: 'Elfogyott',
    sku: 'Cikkszám',
    mpn: 'Gyártói cikkszám',
    gtin: 'Vonalkód',
    brand: 'Gyártó',
  },
];
