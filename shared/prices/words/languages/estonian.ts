import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'et',
  outOfStock: ['pole saadaval', 'läbi müüdud', 'otsas'],
  inStock: ['laos', 'saadaval'],
  buy: ['lisa (ostu)?korvi', 'osta kohe'],
  gtinLabel: ['barkood', 'ribakood'],
  mpnLabel: ['mudel(i kood)?', 'tootja kood'],
  skuLabel: ['toote(kood|number)'],
  brandLabel: ['tootja', 'bränd', 'kaubamärk'],
  nothingFound: ['ei leitud'],
  names: {
    price: ['…hind'],
  },
  costsNothing: ['tasuta'],
};
