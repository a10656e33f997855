import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { amountText, plainAmount } from '../amount.ts';
import { serveAssets } from '../assets.ts';
import { pageOf } from '../paging.ts';
import type { ShopItem } from '../profile.ts';
import { quoteOn, type Stock } from '../quote.ts';
import { reviewsOf } from '../reviews.ts';
import type { ShopCatalogue } from '../shop-catalogue.ts';
import { profile } from './profile.ts';

const STYLESHEET = new URL('./style.css', import.meta.url);
const PAGE_SIZE = 30;
const OPINIONS = [
  'DO NOT BUY',
  'it broke',
  'ok for the money',
  'works great so far!!',
  'my husband loves it',
  'FIVE STARS would buy again',
];
/** The words of the OpenGraph product namespace, and those that visitors read. */
const STOCK: Record<Stock, { meta: string; text: string }> = {
  'in-stock': { meta: 'in stock', text: 'IN STOCK' },
  'few-left': { meta: 'in stock', text: 'Almost gone! Only a few left in stock' },
  'sold-out': { meta: 'out of stock', text: 'Currently unavailable' },
  'back-order': { meta: 'available for order', text: 'Ships in 2 to 3 weeks' },
  'pre-order': { meta: 'preorder', text: 'Pre-order' },
};

const dollars = (minor: number) => `$${amountText(minor, ',', '.')}`;
/** Dollars large, cents raised: `<span>$1,299</span><sup>99</sup>`, with no point between them. */
const splitPrice = (minor: number) => {
  const [whole = '', cents = ''] = amountText(minor, ',', '.').split('.');
  return html`<span class="whole">$${whole}</span><sup class="cents">${cents}</sup>`;
};

/** A loud discounter: no structured data but OpenGraph in the head, advertisements with prices between the results. */
export function openSite(catalogue: ShopCatalogue, now: () => Date): Hono {
  const site = new Hono();
  const quote = (item: ShopItem) => quoteOn(profile, item.product, now());

  const page = (title: string, body: unknown, head: unknown = '') => html`<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | Pricebarn - Everyday Low Prices</title>
<link rel="stylesheet" href="/pb.css?v=31">
${head}
</head><body>
<div class="ticker">★ DEAL OF THE HOUR: batteries from $3.49 ★ Members save $10 on orders over $99 ★</div>
<div class="bar"><a class="barn" href="/">PRICE<span>BARN</span></a>
<form action="/s" class="box"><input name="k" placeholder="What are you looking for?" aria-label="Search"><input type="hidden" name="src" value="bar"><button>GO</button></form></div>
<div class="menu">${[...catalogue.categories.keys()].map((name) => html`<a href="/s?k=${encodeURIComponent(name)}">${name}</a>`)}</div>
<div class="page">${body}</div>
<div class="bottom">© Pricebarn LLC, Tulsa OK. A demo shop: nothing here can be bought. Prices exclude sales tax. Shipping is calculated at checkout.</div>
<dialog open class="consent"><form method="dialog"><b>We value your privacy</b><br>We and our 843 partners store information on your device. <button>I ACCEPT</button> <button>Manage</button></form></dialog>
</body></html>`;

  const result = (item: ShopItem) => {
    const { priceMinor, regularMinor } = quote(item);
    return html`<div class="cell"><a href="${profile.path(item)}"><img src="/i/${item.product.id}.svg" alt="${item.title}" width="160" height="160" loading="lazy"></a>
<a class="name" href="${profile.path(item)}">${item.title}</a>
<div class="tag" aria-label="${dollars(priceMinor)}">${splitPrice(priceMinor)}${regularMinor ? html`<span class="list">List: ${dollars(regularMinor)}</span>` : ''}</div></div>`;
  };
  const advertisement = html`<div class="cell sponsored"><small>Sponsored</small><p>Barn Card: 5% back on everything</p><p><b>$0</b> annual fee</p><a href="/card">Apply</a></div>`;

  const listing = (heading: string, items: readonly ShopItem[], c: Context) => {
    const shown = pageOf(items, c.req.query('pg'), PAGE_SIZE);
    const [first, rest] = [shown.items.slice(0, 3), shown.items.slice(3)];
    const next = new URL(c.req.url);
    next.searchParams.set('pg', String(shown.page + 1));
    return c.html(
      page(
        heading,
        html`<h1>${heading}</h1><p class="n">1-${shown.items.length} of ${items.length} results</p><div class="cells">${first.map(result)}${advertisement}${rest.map(result)}</div>
${shown.page < shown.nPages ? html`<a class="more" href="${next.pathname}${next.search}">MORE DEALS ▸</a>` : ''}`,
      ),
    );
  };

  site.get('/', (c) => listing('Hot right now', catalogue.items.slice(0, PAGE_SIZE), c));
  site.get('/s', (c) => {
    const query = c.req.query('k') ?? '';
    const found = catalogue.find(query);
    if (found.length > 0) return listing(`Results for "${query}"`, found, c);
    return c.html(page('0 results', html`<h1>0 results for "${query}"</h1><p>No results. Try fewer words.</p>`));
  });
  site.get('/item/:slug', (c) => {
    const item = catalogue.byNumber(Number(c.req.query('id')));
    if (!item) return c.notFound();
    const { priceMinor, stock } = quote(item);
    const origin = new URL(c.req.url).origin;
    const head = html`<meta property="og:type" content="product">
<meta property="og:site_name" content="Pricebarn">
<meta property="og:title" content="${item.title}">
<meta property="og:url" content="${origin}${profile.path(item)}">
<meta property="og:image" content="${origin}/i/${item.product.id}.svg">
<meta property="og:description" content="${item.product.description}">
<meta property="product:brand" content="${item.product.brand}">
<meta property="product:condition" content="new">
<meta property="product:availability" content="${STOCK[stock].meta}">
<meta property="product:price:amount" content="${plainAmount(priceMinor)}">
<meta property="product:price:currency" content="USD">
<meta property="product:retailer_item_id" content="${item.number}">
<meta property="product:mfr_part_no" content="${item.product.mpn}">`;
    return c.html(page(item.title, product(item), head));
  });

  const product = (item: ShopItem) => {
    const { product } = item;
    const { priceMinor, regularMinor, stock } = quote(item);
    const opinion = reviewsOf(`${profile.id}/${product.modelKey}`, OPINIONS);
    return html`<div class="path">Barn ▸ ${product.category} ▸ ${product.kind}</div>
<div class="item"><div class="pic"><img src="/i/${product.id}.svg" alt="${item.title}" width="400" height="400"></div>
<div class="deal"><h1>${item.title}</h1><div class="stars">${opinion.average} stars · ${opinion.nReviews} ratings</div>
<div class="big">${splitPrice(priceMinor)}</div>
${regularMinor ? html`<div class="list">List: <s>${dollars(regularMinor)}</s> SAVE ${Math.round(100 * (1 - priceMinor / regularMinor))}%</div>` : ''}
<div class="avail">${STOCK[stock].text}</div><div class="ship">Shipping: calculated at checkout</div>
<button ${stock === 'sold-out' ? 'disabled' : ''}>ADD TO CART</button>
<div class="addon">+ Add 2-year coverage for $14.99</div></div></div>
<h2>Description</h2><p>${product.description}</p>
<ul>${[...product.version, ...product.specs].map(({ name, value }) => html`<li>${name}: ${value}</li>`)}<li>Brand: ${product.brand}</li><li>Part number: ${product.mpn}</li></ul>
<h2>Ratings</h2>${opinion.reviews.map((review) => html`<p class="say"><b>${review.text}</b> — ${review.author}</p>`)}
<h2>Frequently bought together</h2><div class="cells">${catalogue.related(item, 4).map(result)}</div>`;
  };

  serveAssets(site, { stylesheet: STYLESHEET, stylePath: '/pb.css', imageFolder: '/i' });
  site.get('/robots.txt', (c) =>
    c.text('User-agent: *\nDisallow: /cart\nDisallow: /card\n\nUser-agent: BadBot\nDisallow: /\n'),
  );
  site.notFound((c) =>
    c.html(page('Oops', html`<h1>Oops!</h1><p>That page left the barn. <a href="/">Home</a></p>`), 404),
  );
  return site;
}
