import type { LanguageSample } from '../../words/language-sample.ts';
import { framed, type ShopPage } from './shop-page.ts';

type Specification = (sample: LanguageSample) => string;

const rows = (sample: LanguageSample): [string, string][] => [
  [sample.sku, 'AB-4711'],
  [sample.mpn, 'ZX-81K'],
  [sample.gtin, '4006381333931'],
  [sample.brand, 'Acme'],
];
const table: Specification = (sample) =>
  `<table>${rows(sample)
    .map(([label, value]) => `<tr><th>${label}</th><td>${value}</td></tr>`)
    .join('')}</table>`;
const definitions: Specification = (sample) =>
  `<dl>${rows(sample)
    .map(([label, value]) => `<dt>${label}:</dt><dd>${value}</dd>`)
    .join('')}</dl>`;
const lines: Specification = (sample) =>
  `<ul>${rows(sample)
    .map(([label, value]) => `<li>${label}: ${value}</li>`)
    .join('')}</ul>`;
const SPECIFICATIONS: [name: string, specification: Specification][] = [
  ['table', table],
  ['definitions', definitions],
  ['lines', lines],
];

function productPage(
  sample: LanguageSample,
  isInStock: boolean,
  [name, specification]: [string, Specification],
): ShopPage {
  const { price, amount, buy, inStock, outOfStock } = sample;
  const stock = `<p>${isInStock ? inStock : outOfStock}</p>`;
  const button = isInStock ? `<button class="action">${buy}</button>` : '';
  const main = `<h1>Acme ZX 81</h1>${shown(price)}${stock}${button}${specification(sample)}`;
  return page(sample, `${isInStock ? 'in stock' : 'out of stock'}, ${name}`, main, {
    price: amount,
    availability: isInStock ? 'InStock' : 'OutOfStock',
    sku: 'AB-4711',
    mpn: 'ZX-81K',
    gtin: '4006381333931',
    brand: 'Acme',
  });
}

/** The pages of one language: its product in stock and out of stock, and one for each thing more that the sample tells. */
export function languagePages(sample: LanguageSample): ShopPage[] {
  return [
    ...SPECIFICATIONS.flatMap((specification) => [
      productPage(sample, true, specification),
      productPage(sample, false, specification),
    ]),
    ...pricePages(sample),
    ...shippingPages(sample),
    ...statePages(sample),
    ...otherPages(sample),
  ];
}

function page(
  { lang }: LanguageSample,
  name: string,
  main: string,
  expected: ShopPage['expected'],
  title = 'Acme ZX 81',
): ShopPage {
  const html = framed(`<main>${main}</main>`, { title, lang });
  return { name: `${lang}, ${name}`, url: 'https://shop.example/x', html, expected };
}

function product(sample: LanguageSample, body: string): string {
  return `<h1>Acme ZX 81</h1>${body}<button class="action">${sample.buy}</button>${lines(sample)}`;
}

function shown(price: string): string {
  return `<p class="big">${price}</p>`;
}

function pricePages(sample: LanguageSample): ShopPage[] {
  const { price, amount, oldPrice, tax } = sample;
  const pages: ShopPage[] = [];
  if (oldPrice) {
    const expected = { price: amount, listPrice: oldPrice.amount };
    const old = `<p>${oldPrice.text}</p>`;
    pages.push(page(sample, 'old price', product(sample, old + shown(price)), expected));
    pages.push(page(sample, 'old price below', product(sample, shown(price) + old), expected));
  }
  if (tax) {
    const both = `<p>${lower(price)} ${tax.net}</p><p>${price} ${tax.gross}</p>`;
    pages.push(page(sample, 'prices with and before tax', product(sample, both), { price: amount }));
  }
  return pages;
}

function shippingPages(sample: LanguageSample): ShopPage[] {
  const { price, amount, shipping, freeShipping } = sample;
  const pages: ShopPage[] = [];
  if (shipping) {
    const main = product(sample, `${shown(price)}<p>${shipping.text}</p>`);
    pages.push(page(sample, 'shipping', main, { price: amount, shipping: shipping.amount }));
  }
  if (freeShipping) {
    const main = `${product(sample, shown(price))}<p>${freeShipping}</p>`;
    pages.push(page(sample, 'free shipping', main, { price: amount, shipping: `0 ${amount.split(' ')[1]}` }));
  }
  return pages;
}

function statePages(sample: LanguageSample): ShopPage[] {
  const { price, used, preOrder } = sample;
  const pages: ShopPage[] = [];
  if (used) {
    const main = product(sample, `${shown(price)}<p>${used.label}: ${used.value}</p>`);
    pages.push(page(sample, 'used', main, { condition: 'UsedCondition' }));
  }
  if (preOrder) {
    const main = `<h1>Acme ZX 81</h1>${shown(price)}<p>${preOrder}</p>`;
    pages.push(page(sample, 'pre-order', main, { availability: 'PreOrder' }));
  }
  return pages;
}

function otherPages(sample: LanguageSample): ShopPage[] {
  const { price, amount, nothingFound, gone, others } = sample;
  const pages: ShopPage[] = [];
  if (nothingFound) {
    pages.push(page(sample, 'empty search', `<h1>ZX</h1><p>${nothingFound}</p>`, { kind: 'empty' }, 'ZX'));
  }
  if (gone) pages.push(page(sample, 'page that is gone', `<h1>${gone}</h1>`, { kind: 'empty', price: null }, gone));
  if (others) {
    const other = `<div><h2>${others}</h2><p>Acme ZX 82</p>${shown(lower(price))}</div>`;
    pages.push(page(sample, 'other products', other + product(sample, shown(price)), { price: amount }));
  }
  return pages;
}

/** Another, lower price in the same writing. */
function lower(price: string): string {
  return price.replace(/(?<=\d\D?)[1-9]/, (digit) => String(Number(digit) - 1));
}
