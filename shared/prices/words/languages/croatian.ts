import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'hr',
  outOfStock: ['rasprodano', 'nije dostupn'],
  inStock: ['na zalihi', 'dostupno'],
  buy: ['dodaj u ko[sš]aric'],
  gtinLabel: ['bar ?kod'],
  mpnLabel: ['šifra proizvođača', 'oznaka modela'],
  skuLabel: ['šifra( (proizvoda|artikla))?'],
  brandLabel: ['robna marka', 'marka', 'proizvođač'],
  new: ['nov[oaáéý]'],
  nothingFound: ['nema (rezultata|proizvoda)'],
  names: {
    stock: ['…dostupn…'],
  },
  amountLabels: {
    price: ['cijena'],
  },
  per: ['za'],
  subunits: ['lipa'],
  forAll: ['za'],
  costsNothing: ['besplatno'],
};
