import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'he',
  emptyPlaces: ['סל', 'עגלה'],
  outOfStock: ['אזל', 'לא (במלאי|זמין)'],
  inStock: ['במלאי', 'זמין'],
  buy: ['הוסף? ל(סל|עגלה)', 'הוספה לסל', 'קנה עכשיו'],
  price: ['מחיר'],
  now: ['עכשיו'],
  sideMoney: ['משלוח'],
  shipping: ['…דמי משלוח…'],
  freeShipping: ['משלוח חינם'],
  gtinLabel: ['ברקוד'],
  mpnLabel: ['דגם', 'מק[״"]?ט יצרן'],
  skuLabel: ['מק[״"\']?ט'],
  brandLabel: ['מותג', 'יצרן'],
  conditionLabel: ['מצב'],
  new: ['חדש'],
  used: ['משומש'],
  nothingFound: ['לא נמצאו'],
  amountLabels: {
    price: ['מחיר'],
  },
  costsNothing: ['חינם'],
};
