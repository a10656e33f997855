import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'fr',
    price: '1 299,00 €',
    amount: '1299.00 EUR',
    buy: 'Ajouter au panier',
    inStock: 'En stock',
    outOfStock: 'Rupture de stock',
    sku: 'Référence',
    mpn: 'Référence fabricant',
    gtin: 'Code EAN',
    brand: 'Marque',
  },
];
