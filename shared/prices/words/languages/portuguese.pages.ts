import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'pt',
    price: 'R$ 1.299,00',
    amount: '1299.00 BRL',
    buy: 'Adicionar ao carrinho',
    inStock: 'Em estoque',
    outOfStock: 'Esgotado',
    sku: 'Código do produto',
    mpn: 'Modelo',
    gtin: 'Código de barras',
    brand: 'Marca',
  },
];
