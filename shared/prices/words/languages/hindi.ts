import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'hi',
  outOfStock: ['स्टॉक में नहीं', 'उपलब्ध नहीं'],
  inStock: ['स्टॉक में'],
  buy: ['कार्ट में', 'अभी खरीदें'],
  gtinLabel: ['बारकोड'],
  mpnLabel: ['मॉडल( नंबर)?'],
  brandLabel: ['ब्रांड'],
  nothingFound: ['कोई परिणाम नहीं'],
  costsNothing: ['मुफ़्त', 'मुफ्त'],
};
