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
  const stock = isInStock ? sample.inStock : sample.outOfStock;
  const button = isInStock ? `<button class="action">${sample.buy}</button>` : '';
  return {
    name: `${sample.lang}, ${isInStock ? 'in stock' : 'out of stock'}, ${name}`,
    url: 'https://shop.example/x',
    html: framed(
      `<main><h1>Acme ZX 81</h1><p class="big">${sample.price}</p><p>${stock}</p>${button}${specification(sample)}</main>`,
      { title: 'Acme ZX 81', lang: sample.lang },
    ),
    expected: {
      price: sample.amount,
      availability: isInStock ? 'InStock' : 'OutOfStock',
      sku: 'AB-4711',
      mpn: 'ZX-81K',
      gtin: '4006381333931',
      brand: 'Acme',
    },
  };
}

/** The pages of one language: its product in stock and out of stock, and one for each thing more that the sample tells. */
export function languagePages(sample: LanguageSample): ShopPage[] {
  const { price, amount, oldPrice, tax, shipping, freeShipping, used, preOrder, nothingFound, gone, others } = sample;
  const pages = SPECIFICATIONS.flatMap((specification) => [
    productPage(sample, true, specification),
    productPage(sample, false, specification),
  ]);
  const add = (name: string, main: string, expected: ShopPage['expected'], title = 'Acme ZX 81'): void => {
    pages.push({
      name: `${sample.lang}, ${name}`,
      url: 'https://shop.example/x',
      html: framed(`<main>${main}</main>`, { title, lang: sample.lang }),
      expected,
    });
  };
  const product = (body: string): string =>
    `<h1>Acme ZX 81</h1>${body}<button class="action">${sample.buy}</button>${lines(sample)}`;
  const shown = `<p class="big">${price}</p>`;
  if (oldPrice) {
    add('old price', product(`<p>${oldPrice.text}</p>${shown}`), { price: amount, listPrice: oldPrice.amount });
    add('old price below', product(`${shown}<p>${oldPrice.text}</p>`), { price: amount, listPrice: oldPrice.amount });
  }
  if (tax) {
    const dearer = `<p>${price} ${tax.gross}</p>`;
    add('prices with and before tax', product(`<p>${lower(price)} ${tax.net}</p>${dearer}`), { price: amount });
  }
  if (shipping)
    add('shipping', product(`${shown}<p>${shipping.text}</p>`), { price: amount, shipping: shipping.amount });
  if (freeShipping) {
    const currency = amount.split(' ')[1];
    add('free shipping', `${product(shown)}<p>${freeShipping}</p>`, { price: amount, shipping: `0 ${currency}` });
  }
  if (used) add('used', product(`${shown}<p>${used.label}: ${used.value}</p>`), { condition: 'UsedCondition' });
  if (preOrder) add('pre-order', `<h1>Acme ZX 81</h1>${shown}<p>${preOrder}</p>`, { availability: 'PreOrder' });
  if (nothingFound) add('empty search', `<h1>ZX</h1><p>${nothingFound}</p>`, { kind: 'empty' }, 'ZX');
  if (gone) add('page that is gone', `<h1>${gone}</h1>`, { kind: 'empty', price: null }, gone);
  if (others) {
    const other = `<div><h2>${others}</h2><p>Acme ZX 82</p><p class="big">${lower(price)}</p></div>`;
    add('other products', `${other}${product(shown)}`, { price: amount });
  }
  return pages;
}

/** Another, lower price in the same writing. */
function lower(price: string): string {
  return price.replace(/(?<=\d\D?)[1-9]/, (digit) => String(Number(digit) - 1));
}
