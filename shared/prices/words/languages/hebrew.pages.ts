import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'he',
    price: '₪1,299.00',
    amount: '1299.00 ILS',
    buy: 'הוסף לסל',
    inStock: 'במלאי',
    outOfStock: 'אזל מהמלאי',
    sku: 'מק״ט',
    mpn: 'דגם',
    gtin: 'ברקוד',
    brand: 'מותג',
  },
];
