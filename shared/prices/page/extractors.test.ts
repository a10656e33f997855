import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { Extractor } from './extractor.ts';
import { DOCUMENT_EXTRACTORS, TEXT_EXTRACTORS } from './extractors.ts';
import { rank } from './model/rank.ts';
import { Page } from './page.ts';
import { pageAddress } from './page-address-extractor.ts';
import { analyticsEvent } from './scripts/analytics-event-extractor.ts';
import { embeddedState } from './scripts/embedded-state-extractor.ts';
import { labelledValues } from './visible/labelled-values-extractor.ts';
import { namedBrand } from './visible/named-brand-extractor.ts';
import { visibleStock } from './visible/visible-stock-extractor.ts';
import type { Field, FieldValues } from './vote.ts';

const URL = 'https://shop.example/p/kettle';
const TITLE = '<title>Steel kettle 1.7 l | Shop</title><h1>Steel kettle 1.7 l</h1>';

/** What one extractor alone finds likeliest for a field. */
function ask<F extends Field>(extractor: Extractor, field: F, html: string, url = URL): FieldValues[F] | null {
  const votes = extractor.vote(new Page(html, url)).map((vote) => ({ source: extractor.name, vote }));
  return rank(field, votes)[0]?.value ?? null;
}

test('every extractor file stands in the list', async () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const listed = new Set<unknown>([...TEXT_EXTRACTORS, ...DOCUMENT_EXTRACTORS]);
  const extractors = files.filter((file) => file.endsWith('-extractor.ts'));
  for (const file of extractors) {
    const module: Record<string, unknown> = await import(`./${file}`);
    expect(
      Object.values(module).filter((value) => listed.has(value)),
      file,
    ).toHaveLength(1);
  }
  const names = [...TEXT_EXTRACTORS, ...DOCUMENT_EXTRACTORS].map(({ name }) => `${name}-extractor.ts`);
  expect(names.sort()).toEqual(extractors.map((file) => basename(file)).sort());
  expect(extractors).toHaveLength(listed.size);
});

describe('labelled values', () => {
  it.each([
    ['sku', 'Artikelnummer: 28003-95', '28003-95'],
    ['sku', 'SKU 4781720', '4781720'],
    ['sku', 'Réf. : VE900', 'VE900'],
    ['sku', 'Cod produs: DR2401', 'DR2401'],
    ['sku', 'Артикул: 12-34', '12-34'],
    ['sku', 'Item # 418295', '418295'],
    ['mpn', 'Model number: G1S0001', 'G1S0001'],
    ['gtin', 'EAN: 4054278533728', '4054278533728'],
    ['brand', 'Marke: Kärcher', 'Kärcher'],
    ['brand', 'ブランド：アクメ', 'アクメ'],
  ] as const)('finds the %s in "%s"', (field, text, value) => {
    expect(ask(labelledValues, field, `${TITLE}<p>${text}</p>`)).toBe(value);
  });

  it('finds values beside their labels, in tables and lists', () => {
    const specs =
      '<table><tr><th>Brand</th><td>Acme</td></tr><tr><th>Model</th><td><b>AK-17</b></td></tr></table><dl><dt>SKU</dt><dd>991</dd></dl>';
    expect(ask(labelledValues, 'brand', TITLE + specs)).toBe('Acme');
    expect(ask(labelledValues, 'mpn', TITLE + specs)).toBe('AK-17');
    expect(ask(labelledValues, 'sku', TITLE + specs)).toBe('991');
  });

  it("takes no prose, no other product's number and no wrong check digit", () => {
    expect(ask(labelledValues, 'sku', `${TITLE}<p>Item number of the year</p>`)).toBeNull();
    expect(ask(labelledValues, 'sku', `${TITLE}<div class="related-products"><p>SKU: 777</p></div>`)).toBeNull();
    expect(ask(labelledValues, 'gtin', `${TITLE}<p>EAN: 4054278533729</p>`)).toBeNull();
  });
});

describe('the stock state that a page shows', () => {
  const button = (attributes = ''): string => `<button ${attributes}>Add to cart</button>`;

  it('is told by a phrase or a button near the title', () => {
    expect(ask(visibleStock, 'availability', `${TITLE}<p class="stock">Nicht auf Lager</p>`)).toBe('OutOfStock');
    expect(ask(visibleStock, 'availability', `${TITLE}<p>$5</p>${button()}`)).toBe('InStock');
    expect(ask(visibleStock, 'availability', `${TITLE}<p>Sold out</p>${button('disabled')}`)).toBe('OutOfStock');
    expect(ask(visibleStock, 'availability', `${TITLE}<input type="submit" value="In den Warenkorb">`)).toBe('InStock');
    expect(
      ask(visibleStock, 'availability', `${TITLE}<div class="variants"><input type="submit" value="Sold out"></div>`),
    ).toBe('OutOfStock');
    const sentences =
      'Sorry, this item is currently out of stock. Leave your address and we will write when it is back.';
    expect(ask(visibleStock, 'availability', `${TITLE}<p>${sentences}</p>`)).toBe('OutOfStock');
    expect(ask(visibleStock, 'availability', `${TITLE}<p>This posting has been deleted by its author.</p>`)).toBe(
      'OutOfStock',
    );
  });

  it.each([
    ['a size', '<select><option>S - sold out</option><option>M</option></select>'],
    ['another product', '<section class="recommendations"><p>Sold out</p></section>'],
    ['a hidden message', '<p style="display:none">Out of stock</p>'],
    ['a delivery option', '<div class="delivery-options"><p>Not available</p></div>'],
    ['a rule', '<p>If an item is out of stock we will tell you</p>'],
  ])('is not told by %s', (_what, html) => {
    expect(ask(visibleStock, 'availability', TITLE + html)).toBeNull();
    expect(ask(visibleStock, 'availability', TITLE + html + button())).toBe('InStock');
  });
});

describe('embedded state', () => {
  it("reads the data of Next.js by the product's name", () => {
    const data = {
      props: {
        menu: [{ name: 'Kettles', id: 1 }],
        product: {
          name: 'Steel kettle 1.7 l',
          productCode: 'K17',
          brand: { name: 'Acme' },
          price: { value: 39.99, currency: 'EUR' },
          inStock: false,
        },
      },
    };
    const html = `${TITLE}<script id="__NEXT_DATA__" type="application/json">${JSON.stringify(data)}</script>`;
    expect(ask(embeddedState, 'price', html)).toEqual({ amount: '39.99', currency: 'EUR' });
    expect(ask(embeddedState, 'sku', html)).toBe('K17');
    expect(ask(embeddedState, 'brand', html)).toBe('Acme');
    expect(ask(embeddedState, 'availability', html)).toBe('OutOfStock');
  });

  it("reads Shopify's product JSON, whose prices are in hundredths", () => {
    const product = {
      id: 1,
      title: 'Steel kettle 1.7 l',
      handle: 'kettle',
      vendor: 'Acme',
      price: 3999,
      variants: [{ id: 2, price: 3999, available: true }],
      available: true,
    };
    const html = `${TITLE}<script type="application/json" data-product-json>${JSON.stringify(product)}</script>`;
    expect(ask(embeddedState, 'price', html)).toEqual({ amount: '39.99', currency: null });
    expect(ask(embeddedState, 'brand', html)).toBe('Acme');
  });

  it('reads assignments and data layers of JavaScript', () => {
    const html = `${TITLE}<script>var a = 1; window.__STATE__ = {page: 'x', item: {title: "Steel kettle 1.7 l", sku: 'K-17', price: '39,99'}, f: undefined};</script>
      <script>dataLayer.push({'ecommerce': {'detail': {'products': [{'name': 'Steel kettle 1.7 l', 'brand': 'Acme', 'price': '39.99'}]}}});</script>`;
    expect(ask(embeddedState, 'sku', html)).toBe('K-17');
    expect(ask(embeddedState, 'brand', html)).toBe('Acme');
    expect(ask(embeddedState, 'price', html)?.amount).toBe('39.99');
  });

  it('reads state that is a string of JSON', () => {
    const state = JSON.stringify(JSON.stringify({ p: { name: 'Steel kettle 1.7 l', sku: 'K-17', price: 5 } }));
    expect(ask(embeddedState, 'sku', `${TITLE}<script>window.S = JSON.parse(${state});</script>`)).toBe('K-17');
  });

  it('takes nothing from objects that bear another name', () => {
    const html = `${TITLE}<script type="application/json">{"sku":"X","name":"Glass teapot","price":5,"note":"goes with Steel kettle 1.7 l"}</script>`;
    expect(ask(embeddedState, 'price', html)).toBeNull();
  });
});

describe('analytics events', () => {
  it.each([
    [
      "fbq('track', 'ViewContent', { content_ids: ['K-17'], content_type: 'product', value: 29.5, currency: 'TWD' });",
      { amount: '29.5', currency: 'TWD' },
    ],
    [
      "var google_tag_params = { ecomm_prodid: 'K-17', ecomm_pagetype: 'product', ecomm_totalvalue: 29.5 };",
      { amount: '29.5', currency: null },
    ],
    ['gtag("event", "view_item", {"currency":"EUR","value":29.5,"items":[{}]});', { amount: '29.5', currency: 'EUR' }],
  ])('reads %s', (script, price) => {
    expect(ask(analyticsEvent, 'price', `<script>${script}</script>`)).toEqual(price);
  });

  it('takes no value of a list or a cart', () => {
    const html =
      "<script>x = { ecomm_pagetype: 'category', ecomm_totalvalue: 500 }; fbq('init', 'ViewContent'); </script>";
    expect(ask(analyticsEvent, 'price', html)).toBeNull();
  });
});

describe('the address of a page', () => {
  it.each([
    ['https://shop.example/itm/143863282131', '143863282131'],
    ['https://shop.example/p/steel-kettle-p4781720', '4781720'],
    ['https://shop.example/prod/kettle/418295.htm', '418295'],
    ['https://shop.example/product.php?id=K-17', 'K-17'],
    ['https://shop.example/blog/2024/kettles', null],
  ])('%s ends in %s', (url, sku) => {
    expect(ask(pageAddress, 'sku', '', url)).toBe(sku);
  });
});

describe('a brand by the name of its element', () => {
  it('must stand in the title too', () => {
    const html = (brand: string): string => `<h1>Acme steel kettle</h1><a href="/brands/x/">${brand}</a>`;
    expect(ask(namedBrand, 'brand', html('Acme'))).toBe('Acme');
    expect(ask(namedBrand, 'brand', html('All brands'))).toBeNull();
    expect(ask(namedBrand, 'brand', '<h1>Acme steel kettle</h1><p class="product-brand"><span>ACME</span></p>')).toBe(
      'ACME',
    );
  });
});
