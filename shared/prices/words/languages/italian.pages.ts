import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'it',
    price: '1.299,00 €',
    amount: '1299.00 EUR',
    buy: 'Aggiungi al carrello',
    inStock: 'Disponibile',
    outOfStock: 'Esaurito',
    sku: 'Codice articolo',
    mpn: 'Codice produttore',
    gtin: 'Codice EAN',
    brand: 'Marca',
  },
];
