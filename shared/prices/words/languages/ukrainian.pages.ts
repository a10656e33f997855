import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'uk',
    price: '12 990 ₴',
    amount: '12990 UAH',
    buy: 'До кошика',
    inStock: 'В наявності',
    outOfStock: 'Немає в наявності',
    sku: 'Код товару',
    mpn: 'Модель',
    gtin: 'Штрихкод',
    brand: 'Виробник',
  },
];
