import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'ja',
    price: '129,800円',
    amount: '129800 JPY',
    buy: 'カートに入れる',
    inStock: '在庫あり',
    outOfStock: '在庫切れ',
    sku: '商品番号',
    mpn: '型番',
    gtin: 'JANコード',
    brand: 'メーカー',
    priceTexts: [['セール 1000', '1000 null']],
  },
];
