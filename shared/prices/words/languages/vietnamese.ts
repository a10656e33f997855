import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'vi',
  emptyPlaces: ['giỏ'],
  stockSubjects: ['sản', 'phẩm', 'này', 'hiện', 'tạm', 'thời', 'đang'],
  outOfStock: ['hết hàng'],
  inStock: ['còn hàng', 'sẵn hàng'],
  buy: ['thêm vào giỏ', 'mua ngay'],
  price: ['giá'],
  oldPrice: ['giá cũ', 'giá (niêm yết|gốc)'],
  shipping: ['phí vận chuyển'],
  gtinLabel: ['mã vạch'],
  mpnLabel: ['số (model|hiệu)', 'mã (model|hiệu)'],
  skuLabel: ['mã (sản phẩm|sp|hàng|sku)'],
  brandLabel: ['thương hiệu', 'nhà sản xuất'],
  codeWord: ['mã'],
  nothingFound: ['không tìm thấy'],
  amountLabels: {
    price: ['giá'],
  },
  multipliers: {
    3: ['nghìn', 'ngàn'],
    6: ['triệu'],
  },
  gluedMultipliers: {
    6: ['tr'],
  },
  rangeTo: ['và'],
  costsNothing: ['miễn phí'],
};
