import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'lv',
  outOfStock: ['nav pieejams', 'izpārdots'],
  inStock: ['ir noliktavā', 'pieejams', 'noliktavā'],
  buy: ['pirkt', 'ielikt grozā'],
  gtinLabel: ['barkoods', 'svītrkods'],
  mpnLabel: ['modelis', 'ražotāja kods'],
  skuLabel: ['preces kods'],
  brandLabel: ['ražotājs', 'zīmols', 'preču zīme'],
  nothingFound: ['nav atrast'],
  costsNothing: ['bezmaksas'],
};
