import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'id',
  sideMoney: ['cicilan'],
  oldPrice: ['harga (normal|asli)'],
  emptyPlaces: ['keranjang'],
  stockSubjects: ['produk', 'ini', 'sedang', 'saat', 'maaf'],
  outOfStock: ['stok (habis|kosong)', 'terjual habis', 'habis'],
  inStock: ['tersedia'],
  buy: ['beli sekarang', '(tambah|masukkan) ke'],
  shipping: ['ongkir', 'ongkos kirim'],
  gtinLabel: ['kode batang'],
  mpnLabel: ['nomor (model|part)', 'kode model'],
  skuLabel: ['kode (produk|barang|sku)', 'no\\.? sku'],
  brandLabel: ['merek'],
  codeWord: ['kode'],
  nothingFound: ['tidak ditemukan'],
  amountLabels: {
    price: ['harga'],
  },
  multipliers: {
    3: ['ribu'],
    6: ['juta'],
  },
  gluedMultipliers: {
    3: ['rb'],
    6: ['jt'],
  },
};
