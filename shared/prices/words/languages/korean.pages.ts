import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'ko',
    price: '1,299,000원',
    amount: '1299000 KRW',
    buy: '장바구니 담기',
    inStock: '재고 있음',
    outOfStock: '일시품절',
    sku: '상품번호',
    mpn: '모델명',
    gtin: '바코드',
    brand: '브랜드',
    priceTexts: [
      ['가격 29', '29 null'],
      ['판매가 12000', '12000 null'],
    ],
  },
];
