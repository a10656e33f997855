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
const PAGE_SIZE = 20;
const NBSP = '\u00a0';
const OPINIONS = [
  'Gick sönder efter en vecka.',
  'Helt okej för priset.',
  'Fungerar som den ska.',
  'Snabb leverans och bra kvalitet.',
  'Bästa köpet i år!',
];
const STOCK: Record<Stock, { term: string; text: string }> = {
  'in-stock': { term: 'InStock', text: 'I lager, skickas inom 1–2 dagar' },
  'few-left': { term: 'LimitedAvailability', text: 'Endast några få kvar' },
  'sold-out': { term: 'OutOfStock', text: 'Slut i lager' },
  'back-order': { term: 'BackOrder', text: 'Beställningsvara, 2–3 veckor' },
  'pre-order': { term: 'PreOrder', text: 'Kan förhandsbokas' },
};

const kronor = (minor: number) => `${amountText(minor, NBSP, ',').replace(/,00$/, '')}${NBSP}kr`;

/** A Swedish outdoor shop: RDFa Lite, prices in whole kronor with a no-break space in the thousands. */
export function openSite(catalogue: ShopCatalogue, now: () => Date): Hono {
  const site = new Hono();
  const quote = (item: ShopItem) => quoteOn(profile, item.product, now());

  const page = (title: string, body: unknown) => html`<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} • Fjällbod</title><link rel="stylesheet" href="/stil.css"></head>
<body>
<header><a class="namn" href="/"><svg viewBox="0 0 40 24" width="40" height="24" aria-hidden="true"><path d="M0 24 13 4l8 11 5-7 14 16z" fill="currentColor"/></svg> Fjällbod</a>
<form action="/sok"><input type="search" name="fraga" aria-label="Sök" placeholder="Sök"><button>Sök</button></form></header>
<nav class="avdelningar">${[...catalogue.categories.keys()].map((name) => html`<a href="/avdelning/${encodeURIComponent(name)}">${name}</a>`)}</nav>
<p class="frakt">Fri frakt över 499${NBSP}kr · annars 49${NBSP}kr · 60 dagars öppet köp</p>
<main>${body}</main>
<footer>Fjällbod AB, Östersund. En demobutik: här går inget att köpa.</footer>
<dialog open class="kakor"><form method="dialog">Vi använder kakor för att minnas din varukorg. <button>Okej</button></form></dialog>
</body>
</html>`;

  const row = (item: ShopItem) => {
    const { priceMinor, regularMinor, stock } = quote(item);
    return html`<li><a class="bild" href="${profile.path(item)}"><img src="/bilder/${item.product.id}.svg" alt="" width="120" height="120" loading="lazy"></a>
<div><h2><a href="${profile.path(item)}">${item.title}</a></h2><p class="lager">${STOCK[stock].text}</p></div>
<p class="pris">${kronor(priceMinor)}${regularMinor ? html`<br><small>Ord. pris <s>${kronor(regularMinor)}</s></small>` : ''}</p></li>`;
  };

  const listing = (heading: string, items: readonly ShopItem[], c: Context) => {
    const shown = pageOf(items, c.req.query('sida'), PAGE_SIZE);
    const next = new URL(c.req.url);
    next.searchParams.set('sida', String(shown.page + 1));
    return c.html(
      page(
        heading,
        html`<h1>${heading}</h1><p>${items.length} varor</p><ol class="lista">${shown.items.map(row)}</ol>${shown.page < shown.nPages ? html`<p><a rel="next" href="${next.pathname}${next.search}">Visa fler</a></p>` : ''}`,
      ),
    );
  };

  site.get('/', (c) => listing('Populärt just nu', catalogue.items.slice(0, PAGE_SIZE), c));
  site.get('/sok', (c) => {
    const query = c.req.query('fraga') ?? '';
    const found = catalogue.find(query);
    if (found.length > 0) return listing(`Sökresultat för ”${query}”`, found, c);
    return c.html(page('Inga träffar', html`<h1>Inga träffar</h1><p>Vi hittade inget för ”${query}”.</p>`));
  });
  site.get('/avdelning/:name', (c) => {
    const items = catalogue.categories.get(c.req.param('name'));
    return items ? listing(c.req.param('name'), items, c) : c.notFound();
  });
  site.get('/vara/:number{\\d+}', (c) => {
    const item = catalogue.byNumber(Number(c.req.param('number')));
    return item ? c.html(page(item.title, product(item))) : c.notFound();
  });

  const product = (item: ShopItem) => {
    const { product } = item;
    const { priceMinor, regularMinor, stock, shippingMinor } = quote(item);
    const opinion = reviewsOf(`${profile.id}/${product.modelKey}`, OPINIONS);
    return html`<p class="stig"><a href="/">Start</a> → <a href="/avdelning/${encodeURIComponent(product.category)}">${product.category}</a></p>
<article vocab="https://schema.org/" typeof="Product" resource="#vara">
<img class="stor" property="image" src="/bilder/${product.id}.svg" alt="${item.title}" width="400" height="400">
<div class="fakta">
<h1 property="name">${item.title}</h1>
<div property="offers" typeof="Offer">
<p class="pris stort"><span property="price" content="${plainAmount(priceMinor)}">${kronor(priceMinor)}</span><meta property="priceCurrency" content="SEK"></p>
${regularMinor ? html`<p class="ordinarie">Ordinarie pris <s>${kronor(regularMinor)}</s> – du sparar ${kronor(regularMinor - priceMinor)}</p>` : ''}
<p><link property="availability" href="https://schema.org/${STOCK[stock].term}">${STOCK[stock].text}</p>
<div property="shippingDetails" typeof="OfferShippingDetails"><p property="shippingRate" typeof="MonetaryAmount">Frakt: ${shippingMinor === 0 ? 'fri' : kronor(shippingMinor ?? 0)}<meta property="value" content="${plainAmount(shippingMinor ?? 0)}"><meta property="currency" content="SEK"></p></div>
<p>Delbetala från ${kronor(Math.ceil(priceMinor / 1200) * 100)}/mån</p>
<button ${stock === 'sold-out' ? 'disabled' : ''}>Lägg i varukorgen</button>
</div>
<p property="description">${product.description}</p>
<table>${[...product.version, ...product.specs].map(({ name, value }) => html`<tr><td>${name}</td><td>${value}</td></tr>`)}
<tr><td>Varumärke</td><td property="brand" typeof="Brand"><span property="name">${product.brand}</span></td></tr>
<tr><td>Artikelnummer</td><td property="sku">${item.number}</td></tr>
<tr><td>Tillverkarens nummer</td><td property="mpn">${product.mpn}</td></tr>
${item.gtin ? html`<tr><td>EAN</td><td property="gtin13">${item.gtin}</td></tr>` : ''}</table>
</div>
</article>
<section><h2>Omdömen (${opinion.nReviews})</h2>${opinion.reviews.map((review) => html`<p><b>${review.author}</b> ${review.stars}/5: ${review.text}</p>`)}</section>
<section><h2>Andra köpte också</h2><ol class="lista">${catalogue.related(item, 3).map(row)}</ol></section>`;
  };

  serveAssets(site, { stylesheet: STYLESHEET, stylePath: '/stil.css', imageFolder: '/bilder' });
  site.get('/robots.txt', (c) => c.text('User-agent: *\nAllow: /\nDisallow: /varukorg\n'));
  site.notFound((c) =>
    c.html(page('Finns inte', html`<h1>Sidan finns inte</h1><p><a href="/">Till startsidan</a></p>`), 404),
  );
  return site;
}
