import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'el',
    price: '1.299,00 €',
    amount: '1299.00 EUR',
    buy: 'Προσθήκη στο καλάθι',
    inStock: 'Άμεσα διαθέσιμο',
    outOfStock: 'Εξαντλημένο',
    sku: 'Κωδικός προϊόντος',
    mpn: 'Κωδικός κατασκευαστή',
    gtin: 'EAN',
    brand: 'Κατασκευαστής',
  },
];
