import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'vi',
    price: '1.299.000₫',
    amount: '1299000 VND',
    buy: 'Thêm vào giỏ hàng',
    inStock: 'Còn hàng',
    outOfStock: 'Hết hàng',
    sku: 'Mã sản phẩm',
    mpn: 'Model',
    gtin: 'Mã vạch',
    brand: 'Thương hiệu',
  },
];
