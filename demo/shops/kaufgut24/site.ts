import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { amountText } from '../amount.ts';
import { serveAssets } from '../assets.ts';
import { pageOf } from '../paging.ts';
import type { ShopItem } from '../profile.ts';
import { quoteOn, type Stock } from '../quote.ts';
import { reviewsOf } from '../reviews.ts';
import type { ShopCatalogue } from '../shop-catalogue.ts';
import { basePrice } from './base-price.ts';
import { profile } from './profile.ts';

const STYLESHEET = new URL('./style.css', import.meta.url);
const PAGE_SIZE = 20;
const OPINIONS = [
  'Leider nach zwei Wochen defekt.',
  'Für den Preis in Ordnung.',
  'Macht, was es soll.',
  'Schnelle Lieferung, gute Qualität.',
  'Absolute Kaufempfehlung, jederzeit wieder!',
];
const STOCK: Record<Stock, { text: string; lamp: string }> = {
  'in-stock': { text: 'Sofort lieferbar, in 1-2 Werktagen bei Ihnen', lamp: 'gruen' },
  'few-left': { text: 'Nur noch wenige Stück auf Lager', lamp: 'gelb' },
  'sold-out': { text: 'Zurzeit nicht lieferbar', lamp: 'rot' },
  'back-order': { text: 'Lieferbar in 2-3 Wochen', lamp: 'gelb' },
  'pre-order': { text: 'Jetzt vorbestellen', lamp: 'gelb' },
};

const euro = (minor: number) => `${amountText(minor, '.', ',')} €`;

/** A German mail-order house: no structured data at all, only classes; instalments, recommended and base prices around the real one. */
export function openSite(catalogue: ShopCatalogue, now: () => Date): Hono {
  const site = new Hono();
  const quote = (item: ShopItem) => quoteOn(profile, item.product, now());

  const seite = (title: string, body: unknown) => html`<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>${title} günstig kaufen bei Kaufgut24</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/static/kaufgut.css"></head>
<body class="kg">
<div class="kg-kopf"><a href="/" class="kg-logo">Kaufgut<span>24</span></a>
<form class="kg-suche" action="/suche"><input name="begriff" placeholder="Suchbegriff oder Artikelnummer" aria-label="Suche"><button>Suchen</button></form>
<div class="kg-konto"><a href="/konto">Mein Konto</a> <a href="/warenkorb">Warenkorb</a></div></div>
<div class="kg-nav">${[...catalogue.categories.keys()].map((name) => html`<a href="/suche?begriff=${encodeURIComponent(name)}">${name}</a>`)}</div>
<div class="kg-aktion">Nur heute: 10 € Gutschein ab 100 € Bestellwert, Code <b>HERBST10</b></div>
<div class="kg-inhalt">${body}</div>
<div class="kg-fuss">Kaufgut24 Versand GmbH, Fulda. Ein Demo-Shop: Hier kann nichts gekauft werden. Alle Preise inkl. MwSt., zzgl. 3,95 € Versand, ab 49,00 € versandkostenfrei.</div>
<dialog open class="kg-cookies"><form method="dialog">Wir verwenden Cookies. <button>Alle akzeptieren</button> <button>Nur notwendige</button></form></dialog>
</body></html>`;

  const grundpreis = (item: ShopItem, priceMinor: number) => {
    const base = basePrice(item.product, priceMinor);
    return base === null ? '' : html`<div class="kg-grundpreis">Grundpreis: ${euro(base.minor)} / ${base.unit}</div>`;
  };

  const kachel = (item: ShopItem) => {
    const { priceMinor, regularMinor } = quote(item);
    return html`<div class="kg-kachel"><a class="kg-kachel-bild" href="${profile.path(item)}"><img src="/bild/${item.product.id}.svg" alt="" width="180" height="180" loading="lazy"></a>
<a class="kg-kachel-titel" href="${profile.path(item)}">${item.title}</a>
${regularMinor ? html`<div class="kg-uvp">statt ${euro(regularMinor)}</div>` : ''}<div class="kg-kachel-preis">${euro(priceMinor)}</div>${grundpreis(item, priceMinor)}</div>`;
  };

  const liste = (heading: string, items: readonly ShopItem[], c: Context) => {
    const shown = pageOf(items, c.req.query('seite'), PAGE_SIZE);
    const weiter = new URL(c.req.url);
    weiter.searchParams.set('seite', String(shown.page + 1));
    return c.html(
      seite(
        heading,
        html`<h1>${heading}</h1><p>${items.length} Artikel</p><div class="kg-kacheln">${shown.items.map(kachel)}</div>
${shown.page < shown.nPages ? html`<p class="kg-blaettern"><a href="${weiter.pathname}${weiter.search}">Nächste Seite »</a></p>` : ''}`,
      ),
    );
  };

  site.get('/', (c) => liste('Unsere Bestseller', catalogue.items.slice(0, PAGE_SIZE), c));
  site.get('/suche', (c) => {
    const begriff = c.req.query('begriff') ?? '';
    const found = catalogue.find(begriff);
    if (found.length > 0) return liste(`Ihre Suche nach „${begriff}“`, found, c);
    return c.html(
      seite('Keine Treffer', html`<h1>Keine Treffer</h1><p>Zu „${begriff}“ wurden keine Artikel gefunden.</p>`),
    );
  });

  const artikel = (item: ShopItem) => {
    const { product } = item;
    const { priceMinor, regularMinor, stock, shippingMinor } = quote(item);
    const uvpMinor = Math.round(product.listPriceCents * profile.perEuro);
    const meinung = reviewsOf(`${profile.id}/${product.modelKey}`, OPINIONS);
    return html`<div class="kg-pfad"><a href="/">Startseite</a> &gt; <a href="/suche?begriff=${encodeURIComponent(product.category)}">${product.category}</a></div>
<div class="kg-artikel"><div class="kg-artikel-bild"><img src="/bild/${product.id}.svg" alt="${item.title}" width="400" height="400"></div>
<div class="kg-artikel-info"><h1 class="kg-artikel-titel">${item.title}</h1>
<div class="kg-sterne">${'★'.repeat(Math.round(meinung.average))} ${meinung.nReviews} Bewertungen</div>
<div class="kg-kaufbox">
${regularMinor ? html`<div class="kg-streichpreis">bisher <span>${euro(regularMinor)}</span></div>` : html`<div class="kg-uvp">UVP ${euro(uvpMinor)}</div>`}
<div class="kg-preis">${euro(priceMinor)}</div>
${regularMinor ? html`<div class="kg-ersparnis">Sie sparen ${euro(regularMinor - priceMinor)}</div>` : ''}
${grundpreis(item, priceMinor)}
<div class="kg-rate">oder ab ${euro(Math.ceil(priceMinor / 30))} im Monat finanzieren</div>
<div class="kg-versand">inkl. MwSt., ${shippingMinor === 0 ? 'Versand: 0,00 €' : `Versand: ${euro(shippingMinor ?? 0)}`}</div>
<div class="kg-lager kg-${STOCK[stock].lamp}">${STOCK[stock].text}</div>
<button class="kg-kaufen" ${stock === 'sold-out' ? 'disabled' : ''}>In den Warenkorb</button></div></div></div>
<div class="kg-reiter"><h2>Beschreibung</h2><p>${product.description}</p>
<h2>Technische Daten</h2><table class="kg-daten">${[...product.version, ...product.specs].map(({ name, value }) => html`<tr><td>${name}</td><td>${value}</td></tr>`)}
<tr><td>Marke</td><td class="kg-marke">${product.brand}</td></tr><tr><td>Artikelnummer</td><td class="kg-artnr">${item.number}</td></tr><tr><td>Herstellernummer</td><td class="kg-hnr">${product.mpn}</td></tr>
${item.gtin ? html`<tr><td>EAN</td><td class="kg-ean">${item.gtin}</td></tr>` : ''}</table>
<h2>Kundenmeinungen</h2>${meinung.reviews.map((review) => html`<div class="kg-meinung"><b>${review.author}</b>: ${review.text}</div>`)}
<h2>Dazu passt</h2><div class="kg-kacheln">${catalogue.related(item, 4).map(kachel)}</div></div>`;
  };

  serveAssets(site, { stylesheet: STYLESHEET, stylePath: '/static/kaufgut.css', imageFolder: '/bild' });
  site.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /konto\nDisallow: /warenkorb\n'));
  site.get('/:file{.+-p\\d+}', (c) => {
    const item = catalogue.byNumber(Number(/-p(\d+)$/.exec(c.req.param('file'))?.[1]));
    return item ? c.html(seite(item.title, artikel(item))) : c.notFound();
  });
  site.notFound((c) =>
    c.html(
      seite('Seite nicht gefunden', html`<h1>Seite nicht gefunden</h1><p><a href="/">Zur Startseite</a></p>`),
      404,
    ),
  );
  return site;
}
