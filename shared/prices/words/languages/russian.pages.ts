import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'ru',
    price: '12 990 ₽',
    amount: '12990 RUB',
    buy: 'В корзину',
    inStock: 'В наличии',
    outOfStock: 'Нет в наличии',
    sku: 'Артикул',
    mpn: 'Артикул производителя',
    gtin: 'Штрихкод',
    brand: 'Бренд',
  },
];
