import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'ro',
    price: '1.299,00 lei',
    amount: '1299.00 RON',
    buy: 'Adaugă în coș',
    inStock: 'În stoc',
    outOfStock: 'Stoc epuizat',
    sku: 'Cod produs',
    mpn: 'Cod producător',
    gtin: 'Cod EAN',
    brand: 'Producător',
  },
];
