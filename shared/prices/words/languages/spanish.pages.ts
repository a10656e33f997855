import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'es',
    price: '1.299,00 €',
    amount: '1299.00 EUR',
    buy: 'Añadir al carrito',
    inStock: 'En stock',
    outOfStock: 'Agotado',
    sku: 'Código de producto',
    mpn: 'Número de modelo',
    gtin: 'Código EAN',
    brand: 'Marca',
  },
];
