import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'el',
  oldPrice: ['προτεινόμενη', 'αρχική τιμή'],
  sideMoney: ['δόσεις', 'δόσεων', 'το(ν)? μήνα', 'ασφάλιση'],
  emptyPlaces: ['καλάθι'],
  stockSubjects: ['το', 'προϊόν', 'είναι', 'προσωρινά'],
  outOfStock: ['εξαντλημένο', 'εξαντλήθηκε', 'μη διαθέσιμο'],
  inStock: ['άμεσα διαθέσιμο', 'διαθέσιμο', 'σε απόθεμα', 'παράδοση'],
  buy: ['στο καλάθι', 'προσθήκη'],
  price: ['τιμή'],
  shipping: ['μεταφορικά'],
  gtinLabel: ['γραμμωτός κώδικας'],
  mpnLabel: ['μοντέλο', 'κωδικός κατασκευαστή'],
  skuLabel: ['κωδικός( προϊόντος)?'],
  brandLabel: ['μάρκα', 'κατασκευαστής'],
  codeWord: ['κωδικός'],
  nothingFound: ['δεν βρέθηκαν'],
  amountLabels: {
    now: ['τώρα'],
    oldPrice: ['αρχική'],
    saving: ['έκπτωση'],
    from: ['από'],
    price: ['τιμή'],
    tax: ['φπα'],
  },
  costsNothing: ['δωρεάν'],
};
