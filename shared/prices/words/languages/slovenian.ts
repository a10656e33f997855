import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'sl',
  outOfStock: ['ni na zalogi'],
  inStock: ['na zalogi'],
  buy: ['v košarico'],
  price: ['cena'],
  sideMoney: ['mesečn', 'obrok', 'prihran', 'zavarovanj'],
  skuLabel: ['šifra( izdelka)?'],
  brandLabel: ['proizvajalec', 'blagovna znamka'],
  nothingFound: ['ni (rezultatov|zadetkov)'],
  perUnits: {
    piece: ['kos'],
  },
  costsNothing: ['brezplačno'],
};
