import { type ReportedPage, report, reportedPage } from './reported-page.ts';

const cards = ['Karta Alfa 12 GB', 'Karta Beta 12 GB', 'Karta Gamma 16 GB', 'Karta Delta 16 GB']
  .map(
    (name, i) =>
      `<li class="produkt"><a href="/k/${i}">${name}</a><span class="cena">${2 + i} 199,00 zł</span><button>Do koszyka</button></li>`,
  )
  .join('');

/** Reports of a wrong name, and of pages that are no product's. */
export const REPORTED_NAMES_AND_KINDS: readonly ReportedPage[] = [
  {
    ...report('topmonks/hlidac-shopu', 'issues/718', 'only a part of the product’s name'),
    url: 'https://farmakio.example/p/1',
    html: `<!doctype html><html lang="el"><head><meta charset="utf-8"><title>Σιρόπι Θυμάρι 200 ml | Φαρμακείο</title></head><body><main>
<div class="product"><h1><span class="onoma">Σιρόπι Θυμάρι</span> <span class="morfi">200 ml</span></h1><p class="timi">7,80 €</p><button>Στο καλάθι</button></div></main></body></html>`,
    expected: { title: 'Σιρόπι Θυμάρι 200 ml', price: '7.80 EUR' },
  },
  reportedPage(
    report('jef/streetmerchant', 'issues/189', 'a product that was taken down leads to its category'),
    {
      lang: 'pl',
      title: 'Karty graficzne',
      url: 'https://sklep.example/p/karta-omega',
      product: `<p>Ten produkt nie jest już w ofercie. Zobacz podobne:</p><ul class="lista">${cards}</ul>`,
    },
    { kind: 'list' },
  ),
  reportedPage(
    report('cmintey/wishlist', 'issues/560', 'the name is that of a refusal'),
    {
      title: 'Access Denied',
      product: `<p>You don't have permission to open this page on this server.</p><p>Reference #18.2f1c.17.3a</p>`,
    },
    { kind: 'block', price: null },
  ),
];
