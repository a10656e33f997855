import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { amountText, plainAmount } from '../amount.ts';
import { serveAssets } from '../assets.ts';
import { pageOf } from '../paging.ts';
import type { ShopItem } from '../profile.ts';
import { quoteOn, type Stock } from '../quote.ts';
import { reviewsOf } from '../reviews.ts';
import type { ShopCatalogue } from '../shop-catalogue.ts';
import { slugOf } from '../wording.ts';
import { profile } from './profile.ts';

const STYLESHEET = new URL('./style.css', import.meta.url);
const PAGE_SIZE = 18;
const OPINIONS = [
  'Disappointing, I am afraid. The finish is poor.',
  'Smaller than it looks in the picture.',
  'Perfectly serviceable.',
  'Lovely thing, well packed.',
  'Our third from Hearth & Mill, and not the last.',
  'A joy to use every single morning.',
];
const STOCK: Record<Stock, { schema: string; text: string }> = {
  'in-stock': { schema: 'http://schema.org/InStock', text: 'In stock' },
  'few-left': { schema: 'http://schema.org/LimitedAvailability', text: 'Low stock – hurry' },
  'sold-out': { schema: 'http://schema.org/OutOfStock', text: 'Sold out' },
  'back-order': { schema: 'http://schema.org/BackOrder', text: 'Back in a fortnight – order now' },
  'pre-order': { schema: 'http://schema.org/PreOrder', text: 'Available to pre-order' },
};

const pounds = (minor: number) =>
  minor % 100 === 0 ? `£${amountText(minor, ',', '.').slice(0, -3)}` : `£${amountText(minor, ',', '.')}`;

/** A family shop for the home: microdata, on the product and on each of the products that it recommends. */
export function openSite(catalogue: ShopCatalogue, now: () => Date): Hono {
  const site = new Hono();
  const quote = (item: ShopItem) => quoteOn(profile, item.product, now());

  const page = (title: string, body: unknown) => html`<!DOCTYPE html>
<html lang="en-GB">
  <head>
    <meta charset="UTF-8"><meta name="viewport" content="width=device-width,initial-scale=1">
    <title>${title} - Hearth &amp; Mill</title>
    <link rel="stylesheet" href="/css/site.css">
  </head>
  <body>
    <div id="masthead">
      <p id="strapline">Good things for the house since 1987</p>
      <a id="brandmark" href="/">Hearth <em>&amp;</em> Mill</a>
      <form id="finder" method="get" action="/shop/search"><label for="keywords">Search the shop</label> <input id="keywords" name="keywords"> <input type="submit" value="Go"></form>
      <ul id="departments">${[...catalogue.categories.keys()].map((name) => html`<li><a href="/shop/${slugOf(name)}/">${name}</a></li>`)}</ul>
    </div>
    <div id="content">${body}</div>
    <div id="foot"><p>Delivery anywhere in the UK: £3.95 per order.</p><p>Hearth &amp; Mill Ltd, Hebden Bridge. A demo shop: nothing here can be bought.</p></div>
    <dialog open id="cookies"><form method="dialog">This shop sets two cookies, both for your basket. <button>Fine</button></form></dialog>
  </body>
</html>`;

  const tile = (item: ShopItem) => {
    const { priceMinor, regularMinor } = quote(item);
    return html`<li class="tile">
      <a href="${profile.path(item)}"><img src="/pictures/${item.product.id}.svg" alt="${item.title}" width="180" height="180" loading="lazy"><span class="tile-name">${item.title}</span></a>
      ${regularMinor ? html`<del>${pounds(regularMinor)}</del>` : ''} <strong class="tile-price">${pounds(priceMinor)}</strong></li>`;
  };

  const listing = (heading: string, items: readonly ShopItem[], c: Context) => {
    const shown = pageOf(items, c.req.query('p'), PAGE_SIZE);
    const numbers = Array.from({ length: Math.min(shown.nPages, 8) }, (_, i) => i + 1);
    const link = (number: number) => {
      const url = new URL(c.req.url);
      url.searchParams.set('p', String(number));
      return html`<a href="${url.pathname}${url.search}">${number}</a>`;
    };
    return c.html(
      page(
        heading,
        html`<h1>${heading}</h1><p>${items.length} ${items.length === 1 ? 'thing' : 'things'}</p><ul class="tiles">${shown.items.map(tile)}</ul>
      <p class="pager">${numbers.map((number) => (number === shown.page ? html`<b>${number}</b> ` : html`${link(number)} `))}</p>`,
      ),
    );
  };

  site.get('/', (c) => listing('What others are buying', catalogue.items.slice(0, PAGE_SIZE), c));
  site.get('/shop/search', (c) => {
    const keywords = c.req.query('keywords') ?? '';
    const found = catalogue.find(keywords);
    if (found.length > 0) return listing(`You searched for “${keywords}”`, found, c);
    return c.html(
      page(
        'Nothing found',
        html`<h1>Sorry, nothing found</h1><p>We have nothing for “${keywords}”. Ring us on 01422 000 000 and we will look in the back.</p>`,
      ),
    );
  });
  site.get('/shop/:category/', (c) => {
    const found = [...catalogue.categories].find(([name]) => slugOf(name) === c.req.param('category'));
    return found ? listing(found[0], found[1], c) : c.notFound();
  });
  site.get('/shop/:category/:file{.+-\\d+\\.html}', (c) => {
    const item = catalogue.byNumber(Number(/-(\d+)\.html$/.exec(c.req.param('file'))?.[1]));
    return item ? c.html(page(item.title, product(item))) : c.notFound();
  });

  const product = (item: ShopItem) => {
    const { product } = item;
    const { priceMinor, regularMinor, stock } = quote(item);
    const opinion = reviewsOf(`${profile.id}/${product.modelKey}`, OPINIONS);
    return html`<p id="trail"><a href="/">Shop</a> / <a href="/shop/${slugOf(product.category)}/">${product.category}</a></p>
      <div id="item" itemscope itemtype="http://schema.org/Product">
        <div class="left"><img itemprop="image" src="/pictures/${product.id}.svg" alt="${item.title}" width="400" height="400"></div>
        <div class="right">
          <h1 itemprop="name">${item.title}</h1>
          <p>by <span itemprop="brand" itemscope itemtype="http://schema.org/Brand"><span itemprop="name">${product.brand}</span></span></p>
          <div id="offer" itemprop="offers" itemscope itemtype="http://schema.org/Offer">
            ${regularMinor ? html`<p class="before">Was <del>${pounds(regularMinor)}</del></p>` : ''}
            <p class="price"><meta itemprop="priceCurrency" content="GBP"><span itemprop="price" content="${plainAmount(priceMinor)}">${pounds(priceMinor)}</span> <small>incl. VAT</small></p>
            <link itemprop="availability" href="${STOCK[stock].schema}"><p class="stock">${STOCK[stock].text}</p>
            <link itemprop="itemCondition" href="http://schema.org/NewCondition">
            <p class="carriage">Delivery £3.95, whatever you order</p>
            <form><button type="button" ${stock === 'sold-out' ? 'disabled' : ''}>Put in basket</button></form>
          </div>
          <div itemprop="description"><p>${product.description}</p></div>
          <dl>
            ${[...product.version, ...product.specs].map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}
            <dt>Product code</dt><dd itemprop="sku">HM${item.number}</dd><dt>Maker’s number</dt><dd itemprop="mpn">${product.mpn}</dd>
            ${item.gtin ? html`<dt>Barcode</dt><dd itemprop="gtin13">${item.gtin}</dd>` : ''}
          </dl>
          <p itemprop="aggregateRating" itemscope itemtype="http://schema.org/AggregateRating">Customers give it <span itemprop="ratingValue">${opinion.average}</span> out of <span itemprop="bestRating">5</span> (<span itemprop="reviewCount">${opinion.nReviews}</span> opinions)</p>
        </div>
      </div>
      <h2>What people say</h2>
      ${opinion.reviews.map((review) => html`<p class="opinion">“${review.text}” <i>${review.author}, ${'★'.repeat(review.stars)}</i></p>`)}
      <h2>Goes well with</h2>
      <ul class="tiles">${catalogue.related(item, 3).map((other) => also(other))}</ul>
      <aside class="advert"><a href="/shop/garden/">Garden week: pots from £6.95</a></aside>`;
  };

  const also = (item: ShopItem) => html`<li class="tile" itemscope itemtype="http://schema.org/Product">
      <a itemprop="url" href="${profile.path(item)}"><img itemprop="image" src="/pictures/${item.product.id}.svg" alt="" width="180" height="180" loading="lazy"><span itemprop="name" class="tile-name">${item.title}</span></a>
      <span itemprop="offers" itemscope itemtype="http://schema.org/Offer"><meta itemprop="priceCurrency" content="GBP"><strong itemprop="price" content="${plainAmount(quote(item).priceMinor)}">${pounds(quote(item).priceMinor)}</strong></span></li>`;

  serveAssets(site, { stylesheet: STYLESHEET, stylePath: '/css/site.css', imageFolder: '/pictures' });
  site.get('/robots.txt', (c) => c.text('# Be welcome.\nUser-agent: *\nDisallow: /basket/\n'));
  site.notFound((c) =>
    c.html(page('Not here', html`<h1>We could not find that page</h1><p><a href="/">Back to the shop</a></p>`), 404),
  );
  return site;
}
