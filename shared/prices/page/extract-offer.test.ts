import { describe, expect, it } from 'vitest';
import { extractOffer } from './extract-offer.ts';

const URL = 'https://shop.example/p/kettle';
const ld = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
const PRODUCT = {
  '@type': 'Product',
  name: 'Steel kettle 1.7 l',
  sku: 'K-17',
  brand: 'Acme',
  image: 'https://shop.example/k.jpg',
  offers: { '@type': 'Offer', price: '59.99', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
};
const VISIBLE = `<h1>Steel kettle 1.7 l</h1><p class="price">59,99 €</p><p>SKU: K-17 </p><button>Add to cart</button>`;

describe('extractOffer', () => {
  it('lets the sources that agree confirm each other, and shows each vote', () => {
    const { kind, offer } = extractOffer(`${ld({ ...PRODUCT, sku: undefined })}${VISIBLE}`, URL);
    expect(kind).toBe('product');
    expect(offer.price).toEqual({ amount: '59.99', currency: 'EUR' });
    expect(offer.sku).toBe('K-17');
    expect(offer.evidence.price?.map(({ source, raw }) => [source, raw])).toEqual([
      ['json-ld', '59.99'],
      ['visible-price', '59,99 €'],
    ]);
  });

  it('believes structured data alone only when the page shows the same price and no other beside it', () => {
    const sources = (html: string): string[] => [
      ...new Set(
        Object.values(extractOffer(html, URL).offer.evidence).flatMap(
          (votes) => votes?.map(({ source }) => source) ?? [],
        ),
      ),
    ];
    expect(sources(`${ld(PRODUCT)}${VISIBLE}`)).toEqual(['json-ld']);
    const sale = VISIBLE.replace('59,99 €', '<s>59,99 €</s> <b>44,99 €</b>');
    expect(sources(`${ld(PRODUCT)}${sale}`)).toContain('visible-price');
  });

  it('takes the sale price that the page shows over the regular one that its structured data kept', () => {
    const sale = `<h1>Steel kettle 1.7 l</h1><div class="price"><span class="old-price">59,99 €</span> <span class="sale-price">44,99 €</span></div><button>Add to cart</button>`;
    const { offer } = extractOffer(`${ld(PRODUCT)}${sale}`, URL);
    expect(offer.price?.amount).toBe('44.99');
    expect(offer.listPrice?.amount).toBe('59.99');
    expect(offer.evidence.price?.map(({ source }) => source)).toContain('json-ld');
  });

  it('says "cannot tell" rather than guess', () => {
    const { offer } = extractOffer('<h1>Steel kettle</h1><p>Made since 1904 in 3 factories. Call 555-0199.</p>', URL);
    expect(offer).toMatchObject({ price: null, availability: null, sku: null, gtin: null, brand: null });
  });

  it('reads a stock state in letters of medium size', () => {
    const html = `<h1>Steel kettle</h1><div id="availability"><span class="a-size-medium a-color-price">Currently unavailable.</span></div>`;
    expect(extractOffer(`${html}<p class="price">$10.00</p>`, URL).offer.availability).toBe('OutOfStock');
  });

  it('takes no way of delivery that is closed for the stock state', () => {
    const html = `<h1>Steel kettle</h1><p class="price">$10.00</p><div>Shipping: Sold out</div><div>Pickup: Available today</div>`;
    expect(extractOffer(html, URL).offer.availability).toBeNull();
  });

  it('reads a barcode behind its name without a colon, if its check digit is right', () => {
    const gtinIn = (label: string) => extractOffer(`<h1>Model kit</h1><p>$10.00</p><p>${label}</p>`, URL).offer.gtin;
    expect(gtinIn('JANコード 4573102664372')).toBe('4573102664372');
    expect(gtinIn('JANコード 4573102664371')).toBeNull();
  });

  it('uses the canonical address where none is given', () => {
    const html = `<html lang="en"><head><title>Kettle</title><link rel="canonical" href="https://boutique.example.ca/p/1"></head>
      <body><h1>Kettle</h1><p class="price">$10.00</p><img itemprop="image" src="k.jpg"><button>Add to cart</button></body>`;
    expect(extractOffer(html, '').offer.price).toEqual({ amount: '10.00', currency: 'CAD' });
  });

  it('reads OpenGraph, its product tags and the labels of cards', () => {
    const html = `<meta property="og:type" content="product"><meta property="og:title" content="Steel kettle">
      <meta property="product:price:amount" content="12.50"><meta property="product:price:currency" content="GBP">
      <meta property="product:availability" content="out of stock"><meta property="product:brand" content="Acme">
      <meta property="product:retailer_item_id" content="K-17"><meta property="og:image" content="/k.jpg">`;
    expect(extractOffer(html, URL).offer).toMatchObject({
      title: 'Steel kettle',
      price: { amount: '12.50', currency: 'GBP' },
      availability: 'OutOfStock',
      brand: 'Acme',
      sku: 'K-17',
      image: 'https://shop.example/k.jpg',
    });
    const card =
      '<title>K</title><meta name="twitter:label1" content="Price"><meta name="twitter:data1" content="$60"><h1>K</h1>';
    expect(extractOffer(card, 'https://shop.example.com.au/p/1').offer.price).toEqual({
      amount: '60',
      currency: 'AUD',
    });
  });

  it('reads a sale price of OpenGraph with the regular one as list price', () => {
    const html = `<meta property="og:type" content="product"><meta property="product:price:amount" content="20"><meta property="product:price:currency" content="USD">
      <meta property="product:sale_price:amount" content="15">`;
    expect(extractOffer(html, URL).offer).toMatchObject({ price: { amount: '15' }, listPrice: { amount: '20' } });
  });

  it('reads RDFa', () => {
    const html = `<div vocab="https://schema.org/" typeof="Product"><h1 property="name">Steel kettle</h1><i property="sku">K-17</i>
      <div property="offers" typeof="Offer"><b property="price" content="12.50">x</b><meta property="priceCurrency" content="GBP"></div></div>`;
    expect(extractOffer(html, URL).offer).toMatchObject({
      title: 'Steel kettle',
      sku: 'K-17',
      price: { amount: '12.50', currency: 'GBP' },
    });
  });

  it('lets declared selectors outvote everything, and fills the rest itself', () => {
    const html = `${ld(PRODUCT)}<h1>Steel kettle 1.7 l</h1><b id="member">Members: 51,00 €</b><i data-stock="none left"></i>`;
    const { offer } = extractOffer(html, URL, {
      product: {
        price: { selector: '#member', pattern: '([\\d,.]+ €)' },
        availability: { selector: 'i', attribute: 'data-stock' },
        sku: '.not-there',
      },
    });
    expect(offer.price).toEqual({ amount: '51.00', currency: 'EUR' });
    expect(offer.evidence.price?.[0]).toMatchObject({ source: 'selectors', raw: '51,00 €' });
    expect(offer.sku).toBe('K-17');
  });

  it('reads raised cents at a declared selector, which stand there without a separator', () => {
    const html =
      '<h1>Coffee beans</h1><s class="was">€<i>12</i><sup>49</sup></s><p class="now"><i>7</i><sup>99</sup></p>';
    const { offer } = extractOffer(html, URL, { product: { price: '.now', list_price: '.was' } });
    expect(offer.price).toEqual({ amount: '7.99', currency: null });
    expect(offer.listPrice).toEqual({ amount: '12.49', currency: 'EUR' });
  });

  it.each([
    ['nests without end', `${VISIBLE}${'<div>'.repeat(300_000)}x${'</div>'.repeat(300_000)}`],
    [
      'has ten thousand variants',
      ld({
        '@type': 'ProductGroup',
        name: 'x',
        hasVariant: Array.from({ length: 10_000 }, (_, n) => ({
          '@type': 'Product',
          name: `v${n}`,
          offers: { price: `${n}.50` },
        })),
      }),
    ],
    [
      'has fifty thousand amounts in one paragraph',
      `<h1>x</h1><p>${Array.from({ length: 50_000 }, (_, n) => `<b>$${n}.00</b> -${n % 90}% `).join('')}</p>`,
    ],
  ])('is done soon with a page that %s', (_what, html) => {
    expect(() => extractOffer(html, URL)).not.toThrow();
  });

  it('keeps no part of the page alive', () => {
    const offer = extractOffer(`${VISIBLE}<p>Model no. ${'x'.repeat(10)}1</p>`, URL).offer;
    expect(structuredClone(offer)).toEqual(offer);
    expect(JSON.parse(JSON.stringify(offer))).toEqual(offer);
  });
});
