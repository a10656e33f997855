import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'tr',
    price: '1.299,00 TL',
    amount: '1299.00 TRY',
    buy: 'Sepete Ekle',
    inStock: 'Stokta var',
    outOfStock: 'Tükendi',
    sku: 'Ürün Kodu',
    mpn: 'Model No',
    gtin: 'Barkod',
    brand: 'Marka',
  },
];
