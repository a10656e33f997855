import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'ro',
  outOfStock: ['stoc epuizat', 'indisponibil', 'nu este în stoc'],
  inStock: ['în stoc', 'in stoc'],
  buy: ['adaug[aă] [iî]n co[sș]', 'cumpără'],
  price: ['preț', 'pret'],
  shipping: ['livrare'],
  freeShipping: ['livrare gratuită'],
  gtinLabel: ['cod de bare'],
  mpnLabel: ['cod (producător|model|fabricant)'],
  skuLabel: ['cod\\.?( (prodotto|produs|art(icol)?))?\\.?'],
  brandLabel: ['producător'],
  codeWord: ['cod\\.?'],
  conditionLabel: ['stare'],
  new: ['nou'],
  nothingFound: ['nu (am găsit|s-au găsit|există produse)'],
  gone: ['nu a fost găsit'],
  botWall: ['acces interzis'],
  othersHeading: ['produse (similare|asemănătoare)'],
  names: {
    price: ['…pret'],
  },
  amountLabels: {
    threshold: ['peste'],
    tax: ['tva'],
  },
  subunits: ['bani'],
};
