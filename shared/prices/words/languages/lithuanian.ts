import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'lt',
  outOfStock: ['išparduota', 'nėra sandėlyje'],
  inStock: ['yra sandėlyje', 'sandėlyje', 'turime'],
  buy: ['į krepšelį', 'pirkti'],
  gtinLabel: ['bar ?kodas', 'brūkšninis kodas'],
  mpnLabel: ['modelio (kodas|nr\\.?)', 'gamintojo kodas'],
  skuLabel: ['prekės kodas'],
  brandLabel: ['brand(as|i)', 'gamintojas', 'prekės ženklas'],
  nothingFound: ['nerasta', 'rezultatų nėra'],
  names: {
    price: ['…kaina…'],
  },
  costsNothing: ['nemokamai'],
};
