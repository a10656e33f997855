import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'fi',
    price: '1 299,00 €',
    amount: '1299.00 EUR',
    buy: 'Lisää ostoskoriin',
    inStock: 'Varastossa',
    outOfStock: 'Ei varastossa',
    sku: 'Tuotenumero',
    mpn: 'Valmistajan tuotenumero',
    gtin: 'EAN',
    brand: 'Merkki',
  },
];
