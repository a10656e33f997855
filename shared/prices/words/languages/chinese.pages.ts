import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'zh-CN',
    price: '￥1,299.00',
    amount: '1299.00 CNY',
    buy: '加入购物车',
    inStock: '有货',
    outOfStock: '缺货',
    sku: '商品编号',
    mpn: '型号',
    gtin: '条形码',
    brand: '品牌',
  },
  {
    lang: 'zh-TW',
    price: 'NT$1,299',
    amount: '1299 TWD',
    buy: '加入購物車',
    inStock: '現貨',
    outOfStock: '已售完',
    sku: '商品編號',
    mpn: '型號',
    gtin: '條碼',
    brand: '品牌',
  },
];
