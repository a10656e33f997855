import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'th',
    price: '฿12,990',
    amount: '12990 THB',
    buy: 'หยิบใส่ตะกร้า',
    inStock: 'มีสินค้า',
    outOfStock: 'สินค้าหมด',
    sku: 'รหัสสินค้า',
    mpn: 'รุ่น',
    gtin: 'บาร์โค้ด',
    brand: 'ยี่ห้อ',
  },
];
