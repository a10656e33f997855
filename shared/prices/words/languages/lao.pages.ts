import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'lo',
    price: '1,250,000 ກີບ',
    amount: '1250000 LAK',
    buy: 'ເພີ່ມໃສ່ກະຕ່າ',
    inStock: 'ມີສິນຄ້າພ້ອມສົ່ງ',
    outOfStock: 'ຂໍອະໄພ ສິນຄ້າໝົດ',
    sku: 'ລະຫັດສິນຄ້າ',
    mpn: 'ລຸ້ນ',
    gtin: 'ບາໂຄດ',
    brand: 'ຍີ່ຫໍ້',
    oldPrice: { text: 'ລາຄາປົກກະຕິ: 1,490,000 ກີບ', amount: '1490000 LAK' },
    shipping: { text: 'ຄ່າຈັດສົ່ງ: 20,000 ກີບ', amount: '20000 LAK' },
    freeShipping: 'ຈັດສົ່ງຟຣີ',
    nothingFound: 'ບໍ່ພົບສິນຄ້າທີ່ຄົ້ນຫາ',
    priceTexts: [
      ['ລາຄາ150,000ກີບ', '150000 LAK'],
      ['ລາຄາປົກກະຕິ 200,000 ກີບ ລາຄາພິເສດ 150,000 ກີບ', '150000 LAK'],
      ['ລາຄາເດີມ: ₭200,000 ₭150,000', '150000 LAK'],
      ['ຄ່າຈັດສົ່ງ 20,000 ກີບ ສິນຄ້າ 150,000 ກີບ', '150000 LAK'],
      ['ລາຄາພິເສດ 29', '29 null'],
      ['ຟຣີ', '0 null'],
    ],
    search: [
      ['ຫູຟັງ', 'ຫູຟັງໄຮ້ສາຍ Acme ZX 81', 'ເຄສຫູຟັງ Acme'],
      ['ຕູ້ເຢັນ', 'Acme ຕູ້ເຢັນ2ປະຕູ', 'ໄສ້ກອງຕູ້ເຢັນ Acme'],
    ],
  },
];
