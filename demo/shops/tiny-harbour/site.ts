import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { amountText } from '../amount.ts';
import { serveAssets } from '../assets.ts';
import { pageOf } from '../paging.ts';
import type { ShopItem } from '../profile.ts';
import { quoteOn, type Stock } from '../quote.ts';
import type { ShopCatalogue } from '../shop-catalogue.ts';
import { slugOf } from '../wording.ts';
import { profile } from './profile.ts';
import { serveStoreApi } from './store-api.ts';

const STYLESHEET = new URL('./style.css', import.meta.url);
const PAGE_SIZE = 16;
const STOCK: Record<Stock, { text: string; tone: string }> = {
  'in-stock': { text: 'In stock', tone: 'in-stock' },
  'few-left': { text: 'Only 2 left in stock', tone: 'in-stock' },
  'sold-out': { text: 'Out of stock', tone: 'out-of-stock' },
  'back-order': { text: 'Available on backorder', tone: 'available-on-backorder' },
  'pre-order': { text: 'Available on backorder', tone: 'available-on-backorder' },
};

const amount = (minor: number) =>
  html`<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">$</span>${amountText(minor, ',', '.')}</bdi></span>`;

/** A small shop on WordPress with WooCommerce: a theme for visitors, the Store API for programs. */
export function openSite(catalogue: ShopCatalogue, now: () => Date): Hono {
  const site = new Hono();
  const bySlug = new Map(catalogue.items.map((item) => [slugOf(item.title), item]));
  const quote = (item: ShopItem) => quoteOn(profile, item.product, now());
  serveStoreApi(site, catalogue, now);

  const theme = (title: string, body: unknown) => html`<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="WordPress 7.0"><meta name="generator" content="WooCommerce 11.2.0">
<title>${title} &#8211; Tiny Harbour Goods</title>
<link rel="https://api.w.org/" href="/wp-json/">
<link rel="stylesheet" href="/wp-content/themes/quay/style.css?ver=1.4">
</head>
<body class="wp-theme-quay woocommerce">
<header id="masthead" class="site-header"><p class="site-title"><a href="/">⚓ Tiny Harbour Goods</a></p>
<form role="search" class="woocommerce-product-search" action="/"><input type="search" name="s" placeholder="Search products…" aria-label="Search products"><input type="hidden" name="post_type" value="product"><button>Search</button></form>
<nav class="main-navigation">${[...catalogue.categories.keys()].map((name) => html`<a href="/product-category/${slugOf(name)}/">${name}</a>`)}</nav></header>
<div id="content" class="site-content">${body}</div>
<footer class="site-footer">Tiny Harbour Goods, Camden, Maine. A demo shop: nothing here can be bought. Shipping $5.95, free over $75.</footer>
<dialog open class="cookie-notice"><form method="dialog">Our cookies are oatmeal. <button>Yum</button></form></dialog>
</body></html>`;

  const price = (item: ShopItem) => {
    const { priceMinor, regularMinor } = quote(item);
    return html`<span class="price">${regularMinor ? html`<del aria-hidden="true">${amount(regularMinor)}</del> <ins>${amount(priceMinor)}</ins>` : amount(priceMinor)}</span>`;
  };

  const loop = (heading: string, items: readonly ShopItem[], c: Context) => {
    const shown = pageOf(items, c.req.query('paged'), PAGE_SIZE);
    const next = new URL(c.req.url);
    next.searchParams.set('paged', String(shown.page + 1));
    return c.html(
      theme(
        heading,
        html`<h1 class="page-title">${heading}</h1><p class="woocommerce-result-count">${items.length} results</p>
<ul class="products columns-4">${shown.items.map(
          (item) =>
            html`<li class="product type-product post-${item.number}"><a href="${profile.path(item)}" class="woocommerce-LoopProduct-link"><img src="/wp-content/uploads/2026/03/${item.product.id}.svg" alt="" width="300" height="300" loading="lazy"><h2 class="woocommerce-loop-product__title">${item.title}</h2>${quote(item).regularMinor ? html`<span class="onsale">Sale!</span>` : ''}${price(item)}</a></li>`,
        )}</ul>${shown.page < shown.nPages ? html`<nav class="woocommerce-pagination"><a class="next" href="${next.pathname}${next.search}">Next →</a></nav>` : ''}`,
      ),
    );
  };

  site.get('/', (c) => {
    const search = c.req.query('s');
    if (search === undefined) return loop('Fresh from the quay', catalogue.items.slice(0, PAGE_SIZE), c);
    const found = catalogue.find(search);
    if (found.length > 0) return loop(`Search results: “${search}”`, found, c);
    return c.html(
      theme('Nothing found', html`<p class="woocommerce-info">No products were found matching your selection.</p>`),
    );
  });
  site.get('/product-category/:slug/', (c) => {
    const found = [...catalogue.categories].find(([name]) => slugOf(name) === c.req.param('slug'));
    return found ? loop(found[0], found[1], c) : c.notFound();
  });
  site.get('/product/:slug/', (c) => {
    const item = bySlug.get(c.req.param('slug'));
    return item ? c.html(theme(item.title, single(item))) : c.notFound();
  });

  const single = (item: ShopItem) => {
    const { product } = item;
    const { stock } = quote(item);
    return html`<nav class="woocommerce-breadcrumb"><a href="/">Home</a> / <a href="/product-category/${slugOf(product.category)}/">${product.category}</a> / ${item.title}</nav>
<div id="product-${item.number}" class="product type-product"><div class="woocommerce-product-gallery"><img src="/wp-content/uploads/2026/03/${product.id}.svg" alt="${item.title}" width="400" height="400"></div>
<div class="summary entry-summary"><h1 class="product_title entry-title">${item.title}</h1><p>${price(item)}</p>
<div class="woocommerce-product-details__short-description"><p>${product.description}</p></div><p class="stock ${STOCK[stock].tone}">${STOCK[stock].text}</p>
<form class="cart"><button type="button" class="single_add_to_cart_button button" ${stock === 'sold-out' ? 'disabled' : ''}>Add to cart</button></form>
<p class="product_meta">SKU: <span class="sku">TH-${item.number}</span> · Brand: ${product.brand}</p>
<table class="woocommerce-product-attributes">${[...product.version, ...product.specs].map(({ name, value }) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}</table></div></div>
<section class="related products"><h2>Related products</h2><ul class="products columns-4">${catalogue
      .related(item, 4)
      .map(
        (other) =>
          html`<li class="product"><a href="${profile.path(other)}" class="woocommerce-LoopProduct-link"><img src="/wp-content/uploads/2026/03/${other.product.id}.svg" alt="" width="300" height="300" loading="lazy"><h2 class="woocommerce-loop-product__title">${other.title}</h2>${price(other)}</a></li>`,
      )}</ul></section>`;
  };

  serveAssets(site, {
    stylesheet: STYLESHEET,
    stylePath: '/wp-content/themes/quay/style.css',
    imageFolder: '/wp-content/uploads/2026/03',
  });
  site.get('/robots.txt', (c) =>
    c.text('User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\nDisallow: /cart/\n'),
  );
  site.notFound((c) =>
    c.html(theme('Page not found', html`<h1>That page drifted off</h1><p><a href="/">Back to the quay</a></p>`), 404),
  );
  return site;
}
