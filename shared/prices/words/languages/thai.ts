import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'th',
  emptyPlaces: ['ตะกร้า'],
  outOfStock: ['สินค้าหมด'],
  inStock: ['มีสินค้า'],
  buy: ['หยิบใส่', 'ซื้อ(เลย|ทันที)', 'เพิ่มลง'],
  price: ['ราคา'],
  gtinLabel: ['บาร์โค้ด'],
  mpnLabel: ['รุ่น', 'หมายเลขรุ่น'],
  skuLabel: ['รหัสสินค้า', 'รหัส'],
  brandLabel: ['ยี่ห้อ', 'แบรนด์'],
  nothingFound: ['ไม่พบ'],
  amountLabels: {
    price: ['ราคา'],
  },
  costsNothing: ['ฟรี'],
};
