import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'bg',
    price: '129,90 лв.',
    amount: '129.90 BGN',
    buy: 'Добави в количката',
    inStock: 'В наличност',
    outOfStock: 'Изчерпан',
    sku: 'Код на продукта',
    mpn: 'Модел',
    gtin: 'Баркод',
    brand: 'Марка',
  },
];
