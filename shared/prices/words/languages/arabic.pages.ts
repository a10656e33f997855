import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'ar',
    price: '1,299.00 ر.س',
    amount: '1299.00 SAR',
    buy: 'أضف إلى السلة',
    inStock: 'متوفر',
    outOfStock: 'غير متوفر',
    sku: 'رقم المنتج',
    mpn: 'رقم الموديل',
    gtin: 'الباركود',
    brand: 'العلامة التجارية',
  },
];
