import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'lo',
  stockSubjects: ['ຂໍອະໄພ'],
  outOfStock: ['ສິນຄ້າໝົດ', 'ບໍ່ມີສິນຄ້າ'],
  inStock: ['ມີສິນຄ້າ'],
  buy: ['ເພີ່ມໃສ່ກະຕ່າ', 'ຊື້ເລີຍ'],
  price: ['ລາຄາ'],
  oldPrice: ['…ລາຄາປົກກະຕິ…', '…ລາຄາເດີມ…'],
  shipping: ['…ຄ່າຈັດສົ່ງ…', '…ຄ່າສົ່ງ…'],
  freeShipping: ['(ຈັດ)?ສົ່ງຟຣີ'],
  free: ['ຟຣີ'],
  gtinLabel: ['ບາໂຄດ'],
  mpnLabel: ['ລຸ້ນ'],
  skuLabel: ['ລະຫັດສິນຄ້າ'],
  brandLabel: ['ຍີ່ຫໍ້'],
  nothingFound: ['ບໍ່ພົບ'],
  amountLabels: {
    now: ['ລາຄາພິເສດ'],
    oldPrice: ['ລາຄາປົກກະຕິ', 'ລາຄາເດີມ'],
    shipping: ['ຄ່າຈັດສົ່ງ', 'ຄ່າສົ່ງ'],
    price: ['ລາຄາ'],
  },
  costsNothing: ['ຟຣີ'],
  kinds: {
    headphones: ['ຫູຟັງ'],
    fridge: ['ຕູ້ເຢັນ'],
  },
  accessories: {
    case: ['ເຄສ'],
    filter: ['ໄສ້ກອງ'],
  },
};
