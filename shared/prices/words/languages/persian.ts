import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'fa',
  outOfStock: ['ناموجود'],
  inStock: ['موجود'],
  buy: ['افزودن به سبد'],
  gtinLabel: ['بارکد'],
  mpnLabel: ['مدل'],
  skuLabel: ['کد (کالا|محصول)'],
  brandLabel: ['برند'],
  amountLabels: {
    price: ['قیمت'],
  },
  costsNothing: ['رایگان'],
};
