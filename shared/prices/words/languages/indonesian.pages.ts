import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'id',
    price: 'Rp1.299.000',
    amount: '1299000 IDR',
    buy: 'Tambah ke Keranjang',
    inStock: 'Stok tersedia',
    outOfStock: 'Stok habis',
    sku: 'Kode produk',
    mpn: 'Nomor model',
    gtin: 'Barcode',
    brand: 'Merek',
  },
];
