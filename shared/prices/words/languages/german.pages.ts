import type { LanguageSample } from '../language-sample.ts';

export const samples: readonly LanguageSample[] = [
  {
    lang: 'de',
    price: '1.299,00 €',
    amount: '1299.00 EUR',
    buy: 'In den Warenkorb',
    inStock: 'Auf Lager',
    outOfStock: 'Derzeit nicht verfügbar',
    sku: 'Artikelnummer',
    mpn: 'Herstellernummer',
    gtin: 'EAN',
    brand: 'Hersteller',
    oldPrice: { text: 'statt 1.499,00 €', amount: '1499.00 EUR' },
    tax: { gross: 'inkl. MwSt.', net: 'zzgl. MwSt.' },
    shipping: { text: 'Versandkosten: 4,95 €', amount: '4.95 EUR' },
    freeShipping: 'Kostenloser Versand',
    used: { label: 'Zustand', value: 'Gebraucht' },
    preOrder: 'Jetzt vorbestellen',
    nothingFound: 'Keine passenden Produkte gefunden.',
    gone: 'Seite nicht gefunden',
    others: 'Das könnte Ihnen auch gefallen',
    priceTexts: [
      ['statt 20,00 € jetzt 15,00 €', '15.00 EUR'],
      ['2,50 € pro kg', '2.50 EUR/kg'],
      ['9,99 € pro Monat', '9.99 EUR/month'],
    ],
    search: [['kopfhörer', 'Acme ZX 81 Ohrhörer', 'Kopfhörerständer aus Holz']],
  },
];
