import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import iconv from 'iconv-lite';
import { amountText } from '../amount.ts';
import { serveAssets } from '../assets.ts';
import { pageOf } from '../paging.ts';
import type { ShopItem } from '../profile.ts';
import { quoteOn, type Stock } from '../quote.ts';
import type { ShopCatalogue } from '../shop-catalogue.ts';
import { isClearance, profile } from './profile.ts';

const STYLESHEET = new URL('./style.css', import.meta.url);
const PAGE_SIZE = 25;
const STOCK: Record<Stock, string> = {
  'in-stock': 'ab Lager lieferbar',
  'few-left': 'ab Lager lieferbar (nur noch wenige Stück)',
  'sold-out': 'ausverkauft',
  'back-order': 'auf Bestellung, ca. 3 Wochen',
  'pre-order': 'vorbestellbar',
};
const ROBOTS = `# Schonen Sie unseren Server.
User-agent: *
Crawl-delay: 1
Disallow: /clearance/
Disallow: /cgi-bin/warenkorb.cgi
Disallow: /cgi-bin/suche.cgi?*sort=
`;

/** `1'299.–` for whole francs, `19.90` else; the dash is an en dash, as Swiss shops print it. */
const francs = (minor: number) =>
  `CHF ${minor % 100 === 0 ? amountText(minor, '’', '.').replace(/00$/, '–') : amountText(minor, '’', '.')}`;

/**
 * A Swiss shop as it was made in 1999 and never changed: tables, CGI paths, pages that say ISO-8859-1 and are Windows-1252 (as
 * browsers read that name, WHATWG Encoding). robots.txt forbids the clearance and asks for a second between requests.
 */
export function openSite(catalogue: ShopCatalogue, now: () => Date): Hono {
  const site = new Hono();
  const quote = (item: ShopItem) => quoteOn(profile, item.product, now());

  const send = async (c: Context, title: string, body: unknown, status: 200 | 404 = 200) => {
    const page = await html`<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML lang="de-CH"><HEAD><META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"><META name="viewport" content="width=device-width">
<TITLE>Bergmarkt.ch - ${title}</TITLE><LINK rel="stylesheet" href="/format.css"></HEAD>
<BODY>
<TABLE class="rahmen" width="100%" cellpadding="6"><TR class="kopf"><TD><A href="/"><FONT size="5"><B>Bergmarkt</B></FONT></A><BR>Grüezi! Versand für die ganze Schweiz</TD>
<TD align="right"><FORM action="/cgi-bin/suche.cgi" accept-charset="utf-8"><INPUT name="begriff" size="16" aria-label="Suche"> <INPUT type="submit" value="Suchen"></FORM></TD></TR>
<TR class="leiste"><TD colspan="2">${[...catalogue.categories.keys()].map((name) => html`<A href="/cgi-bin/suche.cgi?begriff=${encodeURIComponent(name)}">${name}</A> | `)}<A href="/clearance/">Räumung</A></TD></TR>
<TR><TD colspan="2">${body}</TD></TR>
<TR class="fuss"><TD colspan="2">Bergmarkt GmbH, Chur. Ein Demo-Shop: Hier kann nichts gekauft werden. Versand CHF 7.90, ab CHF 99.– gratis. Letzte Änderung: 12.3.1999</TD></TR></TABLE>
</BODY></HTML>`;
    return c.body(new Uint8Array(iconv.encode(String(page), 'win1252')), status, {
      'content-type': 'text/html; charset=ISO-8859-1',
    });
  };

  const zeile = (item: ShopItem) => {
    const { priceMinor, regularMinor } = quote(item);
    return html`<TR class="treffer"><TD width="70"><A href="${profile.path(item)}"><IMG src="/pics/${item.product.id}.svg" width="64" height="64" alt="" loading="lazy"></A></TD>
<TD class="bezeichnung"><A href="${profile.path(item)}">${item.title}</A>${isClearance(item) ? html` <FONT color="#b00000">Räumung!</FONT>` : ''}</TD>
<TD class="betrag" align="right">${regularMinor ? html`<STRIKE>${francs(regularMinor)}</STRIKE><BR>` : ''}<B>${francs(priceMinor)}</B></TD></TR>`;
  };

  const liste = (c: Context, heading: string, items: readonly ShopItem[]) => {
    const shown = pageOf(items, c.req.query('seite'), PAGE_SIZE);
    const weiter = new URL(c.req.url);
    weiter.searchParams.set('seite', String(shown.page + 1));
    return send(
      c,
      heading,
      html`<H2>${heading}</H2><P>${items.length} Artikel gefunden.</P><TABLE class="ergebnis" width="100%" cellpadding="5">${shown.items.map(zeile)}</TABLE>
${shown.page < shown.nPages ? html`<P align="right"><A href="${weiter.pathname}${weiter.search}">weiter &gt;&gt;</A></P>` : ''}`,
    );
  };

  const artikel = (c: Context) => {
    const item = catalogue.byNumber(Number(c.req.query('nr')));
    if (!item || new URL(profile.path(item), c.req.url).pathname !== c.req.path) return c.notFound();
    const { product } = item;
    const { priceMinor, regularMinor, stock, shippingMinor } = quote(item);
    const daten = [
      ...product.version,
      ...product.specs,
      { name: 'Marke', value: product.brand },
      { name: 'Hersteller-Nr.', value: product.mpn },
      { name: 'Bestell-Nr.', value: String(item.number) },
      ...(item.gtin === null ? [] : [{ name: 'EAN-Code', value: item.gtin }]),
    ];
    return send(
      c,
      item.title,
      html`<P class="pfad"><A href="/">Bergmarkt</A> &gt; ${product.category}</P>
<TABLE class="artikel" width="100%" cellpadding="8"><TR><TD class="bild"><IMG src="/pics/${product.id}.svg" width="300" height="300" alt="${item.title}"></TD>
<TD valign="top"><H1>${item.title}</H1>
<TABLE class="kauf" cellpadding="4"><TR><TD>Preis:</TD><TD class="preis"><B>${francs(priceMinor)}</B></TD></TR>
${regularMinor ? html`<TR><TD>statt:</TD><TD class="vorher"><STRIKE>${francs(regularMinor)}</STRIKE></TD></TR>` : ''}
<TR><TD>Versand:</TD><TD class="porto">${shippingMinor === 0 ? 'CHF 0.–' : francs(shippingMinor ?? 0)}</TD></TR>
<TR><TD>Lieferung:</TD><TD class="lager">${STOCK[stock]}</TD></TR></TABLE>
<P>Inkl. MwSt. und vRG.</P></TD></TR></TABLE>
<H3>Beschreibung</H3><P>${product.description}</P>
<H3>Daten</H3><TABLE class="daten" border="1" cellpadding="4">${daten.map(({ name, value }) => html`<TR><TD>${name}</TD><TD>${value}</TD></TR>`)}</TABLE>
<H3>Auch interessant</H3><TABLE class="auch" width="100%" cellpadding="5">${catalogue.related(item, 3).map(zeile)}</TABLE>`,
    );
  };

  site.get('/', (c) => liste(c, 'Beliebte Artikel', catalogue.items.slice(0, PAGE_SIZE)));
  site.get('/cgi-bin/suche.cgi', (c) => {
    const begriff = c.req.query('begriff') ?? '';
    const found = catalogue.find(begriff);
    if (found.length > 0) return liste(c, `Suche: ${begriff}`, found);
    return send(c, 'Suche', html`<H2>Suche: ${begriff}</H2><P>Keine Artikel gefunden.</P>`);
  });
  site.get('/cgi-bin/artikel.cgi', artikel);
  site.get('/clearance/artikel.cgi', artikel);
  site.get('/clearance/', (c) => liste(c, 'Räumung', catalogue.items.filter(isClearance)));
  serveAssets(site, { stylesheet: STYLESHEET, stylePath: '/format.css', imageFolder: '/pics' });
  site.get('/robots.txt', (c) => c.text(ROBOTS));
  site.notFound((c) => send(c, 'Fehler 404', html`<H2>Fehler 404</H2><P>Diese Seite gibt es nicht.</P>`, 404));
  return site;
}
