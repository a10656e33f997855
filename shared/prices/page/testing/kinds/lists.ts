/** A list page and the offers that it shows, each as `title price currency`. */
export interface ListPage {
  name: string;
  url: string;
  html: string;
  items: readonly string[];
}

const NAMES = ['Kettle Alder', 'Kettle Birch', 'Kettle Cedar', 'Kettle Maple', 'Kettle Willow'];

function listPage(
  name: string,
  { lang = 'en', title, body, prices }: { lang?: string; title: string; body: string; prices: readonly string[] },
): ListPage {
  const html = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title></head><body><main>${body}</main></body></html>`;
  return { name, url: 'https://shop.example/c/kettles', html, items: prices.map((price, i) => `${NAMES[i]} ${price}`) };
}

const cards = (card: (name: string, i: number) => string, n = NAMES.length): string =>
  `<div class="grid">${NAMES.slice(0, n).map(card).join('')}</div>`;

/** Lists with a basket that is empty, codes in each card, few results, modifiers of classes, net beside gross. */
export const LIST_PAGES: readonly ListPage[] = [
  listPage('an empty basket, in Spanish', {
    lang: 'es',
    title: 'Hervidores',
    body: `<div class="cesta"><p>No hay productos en la cesta.</p></div><h1>Hervidores</h1>${cards((name, i) => `<div class="tarjeta"><h2><a href="/p/${i}">${name}</a></h2><span class="precio">${20 + i},50 €</span></div>`)}`,
    prices: NAMES.map((_, i) => `${20 + i}.50 EUR`),
  }),
  listPage('a code in each card, in English', {
    title: 'Kettles',
    body: `<h1>Kettles</h1>${cards((name, i) => `<article class="tile"><a href="/p/${i}"><h3>${name}</h3></a><small>SKU: KT-10${i}</small><b>$3${i}.00</b></article>`)}`,
    prices: NAMES.map((_, i) => `3${i}.00 USD`),
  }),
  listPage('three results', {
    title: 'Search: kettle',
    body: `<h1>Search: kettle</h1><p>3 results</p>${cards((name, i) => `<div class="hit"><a href="/p/${i}">${name}</a> <span class="price">£4${i}.00</span></div>`, 3)}`,
    prices: ['40.00 GBP', '41.00 GBP', '42.00 GBP'],
  }),
  listPage('modifiers of classes, and a maker’s link in each card', {
    lang: 'de',
    title: 'Wasserkocher',
    body: `<h1>Wasserkocher</h1>${cards((name, i) => `<div class="box box--${['new', 'hit', 'tip', 'top', 'eco'][i]}"><a href="/hersteller/${i}">Marke ${'ABCDE'[i]}</a><h3><a href="/p/${i}.html">${name}</a></h3><a href="/frage?p=${i}">Frage zum Artikel</a><p class="preis">${50 + i},00 €</p></div>`)}`,
    prices: NAMES.map((_, i) => `${50 + i}.00 EUR`),
  }),
  listPage('net beside gross, in German', {
    lang: 'de',
    title: 'Wasserkocher',
    body: `<h1>Wasserkocher</h1>${cards((name, i) => `<li><a href="/p/${i}">${name}</a><p>${10 * (i + 1)},00 € <small>exkl. MwSt.</small></p><p>${12 * (i + 1)},00 € <small>inkl. MwSt.</small></p></li>`)}`,
    prices: NAMES.map((_, i) => `${12 * (i + 1)}.00 EUR`),
  }),
];
