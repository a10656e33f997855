import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'bg',
  outOfStock: ['изчерпан', 'няма в наличност'],
  inStock: ['налично', 'в наличност', 'наличен', 'на склад'],
  buy: ['добави в'],
  price: ['цена'],
  sideMoney: ['месечн', 'вноск', 'спест', 'застрахов'],
  gtinLabel: ['баркод'],
  mpnLabel: ['модел', 'код (на )?производител(я|ю)?'],
  skuLabel: ['код( на продукта)?'],
  brandLabel: ['бренд', 'марка', 'производител'],
  codeWord: ['код'],
  codeWordBehind: ['код'],
  nothingFound: ['няма (намерени )?(резултати|продукти)'],
  amountLabels: {
    price: ['цена'],
  },
  perUnits: {
    kg: ['кг'],
    g: ['г'],
    l: ['л'],
    ml: ['мл'],
    m: ['м'],
    m2: ['м2'],
  },
  subunits: ['ст', 'стотинки', 'стот'],
  costsNothing: ['безплатно'],
  packageUnits: {
    g: ['г'],
    kg: ['кг'],
    ml: ['мл'],
    l: ['л'],
  },
};
