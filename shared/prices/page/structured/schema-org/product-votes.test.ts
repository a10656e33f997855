import { describe, expect, it } from 'vitest';
import { decide } from '../../model/decide.ts';
import { readJsonLd } from '../json-ld.ts';
import { voteOnSchemaObjects } from './product-votes.ts';
import { schemaObjectsOf } from './schema-object.ts';

const URL = 'https://shop.example/p/kettle';

/** The offer that these JSON-LD objects alone describe. */
function read(objects: unknown, url = URL, title = '') {
  const json = `<script type="application/ld+json">${JSON.stringify(objects)}</script>`;
  const votes = voteOnSchemaObjects(schemaObjectsOf(readJsonLd(json)), {
    hint: { url, title },
    baseUrl: url,
    country: null,
    trust: 0.95,
  });
  return decide(votes.map((vote) => ({ source: 'json-ld', vote })));
}

const OFFER = { '@type': 'Offer', price: '39.99', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' };
const PRODUCT = { '@context': 'https://schema.org', '@type': 'Product', name: 'Steel kettle', offers: OFFER };

describe('what schema.org says of a product', () => {
  it('has shipping by country where that is told, the cheapest way to each', () => {
    const details = (value: number, destination: object) => ({
      '@type': 'OfferShippingDetails',
      shippingRate: { '@type': 'MonetaryAmount', value, currency: 'EUR' },
      shippingDestination: { '@type': 'DefinedRegion', ...destination },
    });
    const offer = read({
      ...PRODUCT,
      offers: {
        ...OFFER,
        shippingDetails: [
          details(4.9, { addressCountry: 'DE' }),
          details(3.5, { addressCountry: 'DE' }),
          details(9.9, { addressCountry: ['AT', { '@type': 'Country', name: 'ch' }] }),
          details(1, { addressCountry: 'FR', addressRegion: 'Corse' }),
          details(0, { addressCountry: 'Liechtenstein' }),
        ],
      },
    });
    expect(offer.shippingTo).toEqual({
      DE: { amount: '3.5', currency: 'EUR' },
      AT: { amount: '9.9', currency: 'EUR' },
      CH: { amount: '9.9', currency: 'EUR' },
    });
    expect(read(PRODUCT).shippingTo).toBeNull();
  });

  it('is read in full', () => {
    const offer = read({
      ...PRODUCT,
      name: 'Steel kettle &amp; lid',
      sku: 'K-17',
      mpn: 'ACM17',
      gtin13: '4054278533728',
      brand: { '@type': 'Brand', name: 'Acme' },
      image: ['/img/1.jpg', '/img/2.jpg'],
      aggregateRating: { ratingValue: '4,5', reviewCount: 12 },
      offers: {
        ...OFFER,
        itemCondition: 'http://schema.org/RefurbishedCondition',
        shippingDetails: { shippingRate: { value: 4.9, currency: 'EUR' } },
        priceSpecification: { priceType: 'https://schema.org/ListPrice', price: 49.5, priceCurrency: 'EUR' },
      },
    });
    expect(offer).toMatchObject({
      title: 'Steel kettle & lid',
      price: { amount: '39.99', currency: 'EUR' },
      listPrice: { amount: '49.5', currency: 'EUR' },
      availability: 'InStock',
      condition: 'RefurbishedCondition',
      shipping: { amount: '4.9', currency: 'EUR' },
      sku: 'K-17',
      mpn: 'ACM17',
      gtin: '4054278533728',
      brand: 'Acme',
      image: 'https://shop.example/img/1.jpg',
      rating: { value: 4.5, best: 5, count: 12 },
    });
  });

  it.each([
    ['a list of offers', { ...PRODUCT, offers: [OFFER] }],
    [
      'an aggregate',
      { ...PRODUCT, offers: { '@type': 'AggregateOffer', lowPrice: 39.99, highPrice: 59, priceCurrency: 'EUR' } },
    ],
    ['offers inside an aggregate', { ...PRODUCT, offers: { '@type': 'AggregateOffer', offers: [OFFER] } }],
    [
      'a price specification',
      { ...PRODUCT, offers: { '@type': 'Offer', priceSpecification: [{ price: 39.99, priceCurrency: 'EUR' }] } },
    ],
    ['a graph', { '@context': 'https://schema.org', '@graph': [{ '@type': 'WebSite' }, PRODUCT] }],
    ['the main entity of a page', { '@type': 'WebPage', mainEntity: PRODUCT }],
    ['a full type name', { ...PRODUCT, '@type': ['http://schema.org/Product', 'x:Thing'] }],
    [
      'an offer by reference',
      [
        { ...PRODUCT, offers: { '@id': '#o' } },
        { ...OFFER, '@id': '#o' },
      ],
    ],
  ])('finds the price in %s', (_form, objects) => {
    expect(read(objects).price).toEqual({ amount: '39.99', currency: 'EUR' });
  });

  it('reads a price as it stands: no thousands from cents, no price from zero', () => {
    const priced = (price: unknown) => read({ ...PRODUCT, offers: { ...OFFER, price } }).price?.amount ?? null;
    expect(priced('1,299.00')).toBe('1299.00');
    expect(priced('1.299,00')).toBe('1299.00');
    expect(priced('12.5000')).toBe('12.50');
    expect(priced(49.99000000000001)).toBe('49.99');
    expect(priced('€ 12')).toBe('12');
    for (const none of [0, '0.00', '', null, 'Call us', -5, 'NaN']) expect(priced(none), String(none)).toBeNull();
  });

  it('invents no currency', () => {
    expect(read({ ...PRODUCT, offers: { '@type': 'Offer', price: 5 } }).price).toEqual({ amount: '5', currency: null });
    expect(
      read({ ...PRODUCT, offers: { '@type': 'Offer', price: 5, priceCurrency: 'EURO!' } }).price?.currency ?? 'EUR',
    ).toBe('EUR');
  });

  it('is out of stock only when every offer is', () => {
    const offers = (...states: string[]) =>
      read({
        ...PRODUCT,
        offers: states.map((state, n) => ({ ...OFFER, url: '/p/kettle', sku: `K-${n}`, availability: state })),
      });
    expect(offers('OutOfStock', 'http://schema.org/InStock', 'OutOfStock').availability).toBe('InStock');
    expect(offers('SoldOut', 'https://schema.org/OutOfStock').availability).toBe('OutOfStock');
    expect(offers('in stock').availability).toBe('InStock');
    expect(offers('ask us').availability).toBeNull();
  });

  it('takes the offer of the page when offers have pages of their own', () => {
    const at = (color: string, price: number) => ({
      ...OFFER,
      price,
      url: `https://shop.example/p/kettle?color=${color}`,
    });
    const offer = read(
      { ...PRODUCT, offers: [at('red', 30), at('blue', 35)] },
      'https://shop.example/p/kettle?color=blue',
    );
    expect(offer.price?.amount).toBe('35');
    expect(offer.evidence.price?.map(({ raw }) => raw)).toEqual(['35', '30']);
  });

  it('reads the variants of a product group', () => {
    const variant = (size: string, price: number, state: string) => ({
      '@type': 'Product',
      name: `Kettle ${size}`,
      sku: `K-${size}`,
      offers: { ...OFFER, price, availability: state, url: `/p/kettle-${size}` },
    });
    const group = {
      '@type': 'ProductGroup',
      name: 'Kettle',
      brand: 'Acme',
      hasVariant: [variant('1l', 30, 'OutOfStock'), variant('2l', 40, 'InStock')],
    };
    const offer = read(group, 'https://shop.example/p/kettle-2l');
    expect(offer).toMatchObject({
      title: 'Kettle 2l',
      brand: 'Acme',
      sku: 'K-2l',
      price: { amount: '40' },
      availability: 'InStock',
    });
    expect(offer.variants.map(({ sku, availability }) => [sku, availability])).toEqual([
      ['K-1l', 'OutOfStock'],
      ['K-2l', 'InStock'],
    ]);
  });

  it("chooses the page's own product by address and name, and none from a list", () => {
    const other = (n: number) => ({
      '@type': 'Product',
      name: `Toaster ${n}`,
      url: `/p/toaster-${n}`,
      offers: { ...OFFER, price: n },
    });
    const own = { ...PRODUCT, url: '/p/kettle' };
    expect(read([other(1), other(2), own], URL, 'Steel kettle | Shop').title).toBe('Steel kettle');
    expect(read([other(1), other(2), other(3)], 'https://shop.example/toasters', 'Toasters | Shop').price).toBeNull();
    expect(read({ ...PRODUCT, isRelatedTo: [other(1)] }).price?.amount).toBe('39.99');
  });

  it('ignores what templates left unfilled', () => {
    const offer = read({
      ...PRODUCT,
      brand: '{{ product.brand }}',
      sku: '$sku',
      mpn: 'undefined',
      gtin13: '0000000000000',
    });
    expect([offer.brand, offer.sku, offer.mpn, offer.gtin]).toEqual([null, null, null, null]);
  });

  it('survives references in circles', () => {
    const circle = {
      ...PRODUCT,
      '@id': '#p',
      isVariantOf: { '@id': '#p' },
      brand: { '@id': '#p' },
      offers: { '@id': '#p' },
    };
    expect(read(circle).title).toBe('Steel kettle');
  });
});
