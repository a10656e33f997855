import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'pl',
    price: '1 299,00 zł',
    amount: '1299.00 PLN',
    buy: 'Dodaj do koszyka',
    inStock: 'Dostępny',
    outOfStock: 'Produkt niedostępny',
    sku: 'Kod produktu',
    mpn: 'Kod producenta',
    gtin: 'EAN',
    brand: 'Producent',
  },
];
