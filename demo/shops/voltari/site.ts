import { Hono } from 'hono';
import { html } from 'hono/html';
import { amountText, plainAmount } from '../amount.ts';
import { serveAssets } from '../assets.ts';
import { jsonScript } from '../json-script.ts';
import { pageOf } from '../paging.ts';
import type { ShopItem } from '../profile.ts';
import { type Quote, quoteOn, type Stock } from '../quote.ts';
import { type Review, reviewsOf } from '../reviews.ts';
import type { ShopCatalogue } from '../shop-catalogue.ts';
import { slugOf } from '../wording.ts';
import { profile } from './profile.ts';

const STYLESHEET = new URL('./style.css', import.meta.url);
const PAGE_SIZE = 24;
const OPINIONS = [
  'Went back. Not what I had hoped for.',
  'Does the job, but the manual is a joke.',
  'Decent value, arrived a day late.',
  'Solid. Does exactly what it says.',
  'Bought a second one for my sister.',
  'The best I have had in years.',
];
const STOCK: Record<Stock, { schema: string; text: string; tone: string }> = {
  'in-stock': { schema: 'InStock', text: 'In stock, ships today', tone: 'good' },
  'few-left': { schema: 'LimitedAvailability', text: 'Only a few left', tone: 'warn' },
  'sold-out': { schema: 'OutOfStock', text: 'Out of stock', tone: 'bad' },
  'back-order': { schema: 'BackOrder', text: 'On back order, 2–3 weeks', tone: 'warn' },
  'pre-order': { schema: 'PreOrder', text: 'Pre-order now', tone: 'warn' },
};

const euros = (minor: number) => `€${amountText(minor, ',', '.')}`;

/** An electronics chain with a modern site: everything that machines need stands in one JSON-LD graph. */
export function openSite(catalogue: ShopCatalogue, now: () => Date): Hono {
  const site = new Hono();
  const quote = (item: ShopItem) => quoteOn(profile, item.product, now());

  const layout = (title: string, body: unknown, head: unknown = '') => html`<!doctype html>
<html lang="en-IE">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | Voltari</title>
<link rel="stylesheet" href="/assets/voltari.css">
${head}
</head>
<body>
<header class="top"><div class="wrap">
<a class="logo" href="/">volt<b>ari</b></a>
<form class="search" action="/search" role="search"><input name="q" type="search" placeholder="Search 1,000+ products" aria-label="Search"><button>Search</button></form>
<nav aria-label="Account"><a href="/account">Sign in</a> <a href="/basket">Basket (0)</a></nav>
</div><nav class="cats" aria-label="Categories">${[...catalogue.categories.keys()].map((name) => html`<a href="/c/${slugOf(name)}">${name}</a>`)}</nav></header>
<div class="promo">Black Week: up to €250 off TVs · Free delivery from €50</div>
<main class="wrap">${body}</main>
<footer class="wrap"><p>Voltari Retail DAC, Dublin. A demo shop: nothing here can be bought.</p><p><a href="/help/delivery">Delivery</a> · <a href="/help/returns">Returns</a> · <a href="/imprint">Imprint</a></p></footer>
<dialog open class="cookie-banner" aria-label="Cookies"><form method="dialog"><p>We use cookies to keep your basket and to see which pages are read.</p><button>Accept all</button><button>Only necessary</button></form></dialog>
</body></html>`;

  const card = (item: ShopItem) => {
    const { priceMinor, regularMinor, stock } = quote(item);
    return html`<article class="product-card">
<a class="product-card__link" href="${profile.path(item)}"><img src="/img/${item.product.id}.svg" alt="" width="200" height="200" loading="lazy">
<h3 class="product-card__title">${item.title}</h3></a>
<p class="product-card__price">${euros(priceMinor)} ${regularMinor ? html`<s>${euros(regularMinor)}</s>` : ''}</p>
<p class="stock ${STOCK[stock].tone}">${STOCK[stock].text}</p></article>`;
  };

  const list = (heading: string, found: readonly ShopItem[], page: string | undefined, base: string) => {
    const shown = pageOf(found, page, PAGE_SIZE);
    const link = (to: number, label: string) =>
      html`<a href="${base}${base.includes('?') ? '&' : '?'}page=${to}">${label}</a>`;
    return layout(
      heading,
      html`<h1>${heading}</h1><p class="count">${found.length} products</p>
<div class="grid">${shown.items.map(card)}</div>
<nav class="pages">${shown.page > 1 ? link(shown.page - 1, 'Previous') : ''} Page ${shown.page} of ${shown.nPages} ${shown.page < shown.nPages ? link(shown.page + 1, 'Next') : ''}</nav>`,
    );
  };

  site.get('/', (c) => c.html(list('Popular this week', catalogue.items.slice(0, PAGE_SIZE), '1', '/')));
  site.get('/search', (c) => {
    const query = c.req.query('q') ?? '';
    const found = catalogue.find(query);
    if (found.length > 0)
      return c.html(
        list(`Results for “${query}”`, found, c.req.query('page'), `/search?q=${encodeURIComponent(query)}`),
      );
    return c.html(
      layout(
        'No results',
        html`<h1>No results for “${query}”</h1><p>Check the spelling, or browse the categories above.</p>`,
      ),
    );
  });
  site.get('/c/:category', (c) => {
    const found = [...catalogue.categories].find(([name]) => slugOf(name) === c.req.param('category'));
    return found ? c.html(list(found[0], found[1], c.req.query('page'), `/c/${slugOf(found[0])}`)) : c.notFound();
  });
  site.get('/p/:number/:slug', (c) => {
    const item = catalogue.byNumber(Number(c.req.param('number')));
    if (!item) return c.notFound();
    const opinion = reviewsOf(`${profile.id}/${item.product.modelKey}`, OPINIONS);
    const asked = quote(item);
    const head = html`<link rel="canonical" href="${new URL(profile.path(item), c.req.url).href}">
<meta name="description" content="${item.product.description}">
<script type="application/ld+json">${jsonScript(graph(item, asked, opinion, new URL(c.req.url).origin))}</script>`;
    return c.html(layout(item.title, productPage(item, asked, opinion), head));
  });

  const productPage = (
    item: ShopItem,
    { priceMinor, regularMinor, stock }: Quote,
    opinion: ReturnType<typeof reviewsOf>,
  ) => {
    const { product } = item;
    return html`<nav class="crumbs"><a href="/">Home</a> › <a href="/c/${slugOf(product.category)}">${product.category}</a> › ${product.kind}</nav>
<div class="pdp"><div class="pdp__media"><img src="/img/${product.id}.svg" alt="${item.title}" width="400" height="400"></div>
<div class="pdp__buy"><h1>${item.title}</h1>
<p class="rating">★ ${opinion.average} <a href="#reviews">(${opinion.nReviews} reviews)</a></p>
<p class="now">${euros(priceMinor)}${regularMinor ? html` <s class="was">${euros(regularMinor)}</s> <span class="save">You save ${euros(regularMinor - priceMinor)}</span>` : ''}</p>
<p class="finance">or from ${euros(Math.ceil(priceMinor / 24))} a month with Voltari Pay</p>
<p class="stock ${STOCK[stock].tone}">${STOCK[stock].text}</p>
<p class="delivery">${priceMinor >= 5_000 ? 'Free delivery' : 'Delivery €4.99, free from €50'}</p>
<button class="buy" ${stock === 'sold-out' ? 'disabled' : ''}>Add to basket</button>
<p class="extra"><label><input type="checkbox"> 3-year protection plan for €19.99</label></p></div></div>
<section><h2>About this product</h2><p>${product.description}</p>
<table class="specs">${[...product.version, ...product.specs].map(({ name, value }) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}
<tr><th>Brand</th><td>${product.brand}</td></tr><tr><th>Model no.</th><td>${product.mpn}</td></tr><tr><th>EAN</th><td>${item.gtin}</td></tr></table></section>
<section id="reviews"><h2>Reviews</h2>${opinion.reviews.map((review) => html`<blockquote><p>${'★'.repeat(review.stars)} ${review.text}</p><cite>${review.author}, ${review.date}</cite></blockquote>`)}</section>
<section><h2>Customers also viewed</h2><div class="grid">${catalogue.related(item, 4).map(card)}</div></section>`;
  };

  serveAssets(site, { stylesheet: STYLESHEET, stylePath: '/assets/voltari.css', imageFolder: '/img' });
  site.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /basket\nDisallow: /account\nAllow: /\n'));
  site.notFound((c) =>
    c.html(layout('Not found', html`<h1>This page does not exist</h1><p><a href="/">To the start page</a></p>`), 404),
  );
  return site;
}

/** One graph per page: shop, path and product refer to each other by @id. */
function graph(
  item: ShopItem,
  quote: Quote,
  opinion: { average: number; nReviews: number; reviews: Review[] },
  origin: string,
) {
  const { product } = item;
  const url = `${origin}${profile.path(item)}`;
  const eur = { priceCurrency: 'EUR' };
  const strikethrough = quote.regularMinor && {
    priceSpecification: {
      '@type': 'UnitPriceSpecification',
      priceType: 'https://schema.org/StrikethroughPrice',
      price: plainAmount(quote.regularMinor),
      ...eur,
    },
  };
  return {
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'Organization', '@id': `${origin}/#organization`, name: 'Voltari', url: origin },
      {
        '@type': 'BreadcrumbList',
        itemListElement: [
          { '@type': 'ListItem', position: 1, name: 'Home', item: origin },
          { '@type': 'ListItem', position: 2, name: product.category, item: `${origin}/c/${slugOf(product.category)}` },
        ],
      },
      {
        '@type': 'Product',
        '@id': `${url}#product`,
        name: item.title,
        image: [`${origin}/img/${product.id}.svg`],
        description: product.description,
        sku: String(item.number),
        mpn: product.mpn,
        gtin13: item.gtin,
        brand: { '@type': 'Brand', name: product.brand },
        aggregateRating: { '@type': 'AggregateRating', ratingValue: opinion.average, reviewCount: opinion.nReviews },
        offers: {
          '@type': 'Offer',
          url,
          price: plainAmount(quote.priceMinor),
          ...eur,
          ...strikethrough,
          availability: `https://schema.org/${STOCK[quote.stock].schema}`,
          itemCondition: 'https://schema.org/NewCondition',
          seller: { '@id': `${origin}/#organization` },
          shippingDetails: {
            '@type': 'OfferShippingDetails',
            shippingRate: { '@type': 'MonetaryAmount', value: plainAmount(quote.shippingMinor ?? 0), currency: 'EUR' },
            shippingDestination: { '@type': 'DefinedRegion', addressCountry: 'IE' },
          },
        },
      },
    ],
  };
}
