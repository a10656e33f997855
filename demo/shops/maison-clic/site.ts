import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { amountText } from '../amount.ts';
import { serveAssets } from '../assets.ts';
import { jsonScript } from '../json-script.ts';
import { pageOf } from '../paging.ts';
import type { ShopItem } from '../profile.ts';
import { quoteOn, type Stock } from '../quote.ts';
import { reviewsOf } from '../reviews.ts';
import type { ShopCatalogue } from '../shop-catalogue.ts';
import { productGroup } from './product-group.ts';
import { profile } from './profile.ts';

const STYLESHEET = new URL('./style.css', import.meta.url);
const PAGE_SIZE = 21;
/** Narrow no-break space, as French typography has it in thousands. */
const NNBSP = '\u202f';
const OPINIONS = [
  'Très déçu, retourné le lendemain.',
  'Correct, sans plus.',
  'Conforme à la description.',
  'Livraison rapide, très bon produit.',
  'Parfait, je recommande !',
];
const STOCK: Record<Stock, string> = {
  'in-stock': 'En stock',
  'few-left': 'Plus que quelques exemplaires',
  'sold-out': 'Rupture de stock',
  'back-order': 'Sur commande, 2 à 3 semaines',
  'pre-order': 'En précommande',
};

const euros = (minor: number) => `${amountText(minor, NNBSP, ',')}\u00a0€`;

/** A French shop that shows all versions of a model on each of their pages: a schema.org ProductGroup, and state for its scripts. */
export function openSite(catalogue: ShopCatalogue, now: () => Date): Hono {
  const site = new Hono();
  const quote = (item: ShopItem) => quoteOn(profile, item.product, now());
  const versionsOf = (item: ShopItem) =>
    (catalogue.categories.get(item.product.category) ?? []).filter(
      (other) => other.product.modelKey === item.product.modelKey,
    );

  const page = (titre: string, corps: unknown, tete: unknown = '') => html`<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${titre} – Maison Clic</title>
<link rel="stylesheet" href="/_assets/app.9f3c.css">${tete}</head>
<body><div id="app">
<header data-zone="entete"><a href="/" data-logo>maison<i>clic</i></a>
<form action="/recherche" data-recherche><input name="mots" placeholder="Je cherche…" aria-label="Rechercher"><button>OK</button></form></header>
<nav data-zone="rayons">${[...catalogue.categories.keys()].map((name) => html`<a href="/recherche?mots=${encodeURIComponent(name)}">${name}</a>`)}</nav>
<main>${corps}</main>
<footer>Maison Clic SAS, Lille. Boutique de démonstration : rien n’est à vendre ici. Livraison 5,90${'\u00a0'}€.</footer>
<dialog open data-zone="cookies"><form method="dialog">Nous utilisons des cookies. <button>Tout accepter</button> <button>Continuer sans accepter</button></form></dialog>
</div></body></html>`;

  const vignette = (item: ShopItem) => {
    const { priceMinor, regularMinor, stock } = quote(item);
    return html`<section data-produit="${item.number}"><a href="${profile.path(item)}"><img src="/visuels/${item.product.id}.svg" alt="" width="190" height="190" loading="lazy"><span data-nom>${item.title}</span></a>
<p><span data-prix>${euros(priceMinor)}</span>${regularMinor ? html` <span data-barre>${euros(regularMinor)}</span>` : ''}</p><p data-stock>${STOCK[stock]}</p></section>`;
  };

  const liste = (c: Context, titre: string, items: readonly ShopItem[]) => {
    const shown = pageOf(items, c.req.query('page'), PAGE_SIZE);
    const suite = new URL(c.req.url);
    suite.searchParams.set('page', String(shown.page + 1));
    return c.html(
      page(
        titre,
        html`<h1>${titre}</h1><p>${items.length} articles</p><div data-grille>${shown.items.map(vignette)}</div>${shown.page < shown.nPages ? html`<p><a href="${suite.pathname}${suite.search}">Page suivante</a></p>` : ''}`,
      ),
    );
  };

  site.get('/', (c) => liste(c, 'Nos coups de cœur', catalogue.items.slice(0, PAGE_SIZE)));
  site.get('/recherche', (c) => {
    const mots = c.req.query('mots') ?? '';
    const found = catalogue.find(mots);
    if (found.length > 0) return liste(c, `Résultats pour « ${mots} »`, found);
    return c.html(
      page('Aucun résultat', html`<h1>Aucun résultat</h1><p>Aucun article ne correspond à « ${mots} ».</p>`),
    );
  });
  site.get('/produit/:slug/:number{\\d+}', (c) => {
    const item = catalogue.byNumber(Number(c.req.param('number')));
    if (!item) return c.notFound();
    const versions = versionsOf(item);
    const tete = html`<link rel="canonical" href="${new URL(profile.path(item), c.req.url).href}">
<script type="application/ld+json">${jsonScript(productGroup(item, versions, quote, new URL(c.req.url).origin))}</script>`;
    return c.html(page(item.title, fiche(item, versions), tete));
  });

  const fiche = (item: ShopItem, versions: readonly ShopItem[]) => {
    const { product } = item;
    const { priceMinor, regularMinor, stock } = quote(item);
    const avis = reviewsOf(`${profile.id}/${product.modelKey}`, OPINIONS);
    const etat = {
      ecran: 'fiche',
      article: item.number,
      panier: [],
      versions: versions.map((other) => other.number),
      essai: { bouton: 'B' },
    };
    return html`<p data-fil><a href="/">Accueil</a> › ${product.category} › ${product.kind}</p>
<article data-fiche><img src="/visuels/${product.id}.svg" alt="${item.title}" width="400" height="400"><div>
<h1>${item.title}</h1><p data-note>${String(avis.average).replace('.', ',')}/5 (${avis.nReviews} avis)</p>
<p data-prix-fiche><strong>${euros(priceMinor)}</strong>${regularMinor ? html` <s>${euros(regularMinor)}</s> <em>−${Math.round(100 * (1 - priceMinor / regularMinor))} %</em>` : ''}</p>
<p data-mensualite>ou 3 × ${euros(Math.ceil(priceMinor / 3))} sans frais</p>
${versions.length > 1 ? html`<ul data-versions>${versions.map((other) => html`<li${other === item ? html` aria-current="true"` : ''}><a href="${profile.path(other)}">${other.product.version.map(({ value }) => value).join(', ')}</a> ${euros(quote(other).priceMinor)}</li>`)}</ul>` : ''}
<p data-stock>${STOCK[stock]}</p><p data-livraison>Livraison à domicile : 5,90${'\u00a0'}€</p>
<button ${stock === 'sold-out' ? 'disabled' : ''}>Ajouter au panier</button></div></article>
<h2>Description</h2><p>${product.description}</p>
<h2>Caractéristiques</h2><dl>${[...product.version, ...product.specs].map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}<div><dt>Marque</dt><dd>${product.brand}</dd></div><div><dt>Référence</dt><dd>${product.mpn}</dd></div></dl>
<h2>Avis</h2>${avis.reviews.map((review) => html`<p>${review.author} : « ${review.text} » (${review.stars}/5)</p>`)}
<h2>Vous aimerez aussi</h2><div data-grille>${catalogue.related(item, 4).map(vignette)}</div>
<script id="__ETAT__" type="application/json">${jsonScript(etat)}</script>`;
  };

  serveAssets(site, { stylesheet: STYLESHEET, stylePath: '/_assets/app.9f3c.css', imageFolder: '/visuels' });
  site.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /panier\nDisallow: /compte\n'));
  site.notFound((c) =>
    c.html(page('Page introuvable', html`<h1>Page introuvable</h1><p><a href="/">Retour à l’accueil</a></p>`), 404),
  );
  return site;
}
