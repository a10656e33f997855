import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'en-GB',
    price: '£1,299.00',
    amount: '1299.00 GBP',
    buy: 'Add to basket',
    inStock: 'In stock',
    outOfStock: 'Out of stock',
    sku: 'Product code',
    mpn: 'Model number',
    gtin: 'Barcode',
    brand: 'Manufacturer',
    oldPrice: { text: 'Was £1,499.00', amount: '1499.00 GBP' },
    tax: { gross: 'inc. VAT', net: 'ex. VAT' },
    shipping: { text: 'Delivery: £4.95', amount: '4.95 GBP' },
    freeShipping: 'Free delivery',
    used: { label: 'Condition', value: 'Used' },
    preOrder: 'Pre-order',
    nothingFound: 'No results were found for your search.',
    gone: 'Page not found',
    others: 'You may also like',
    priceTexts: [
      ['Was £20.00 Now £15.00', '15.00 GBP'],
      ['£2.50 per kg', '2.50 GBP/kg'],
    ],
    search: [['headphones', 'Acme ZX 81 Earbuds', 'Case for Acme earbuds']],
  },
];
