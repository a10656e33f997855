import { productData } from '../kinds/plain-page.ts';
import { type ReportedPage, report, reportedPage } from './reported-page.ts';

/** Reports of a wrong price: another amount of the page, or the right one misread. */
export const REPORTED_AMOUNTS: readonly ReportedPage[] = [
  reportedPage(
    report('dgtlmoon/changedetection.io', 'issues/2637', 'one price written two ways counts as two prices'),
    {
      lang: 'pt-BR',
      title: 'Furadeira Ipê 800 W',
      head: productData({
        name: 'Furadeira Ipê 800 W',
        offers: { '@type': 'Offer', price: 1459.3, priceCurrency: 'BRL' },
      }),
      product: `<div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="1459.30">
<meta itemprop="priceCurrency" content="BRL"><span>R$ 1.459,30</span></div><button>Comprar agora</button>`,
    },
    { price: '1459.3 BRL' },
  ),
  reportedPage(
    report('jez500/pricebuddy', 'issues/7', 'the price of an opened box is taken for the new one’s'),
    {
      title: 'Soundbar Cove 5',
      product: `<div class="pricing"><span class="price">$749.00</span></div><button>Add to cart</button>
<div class="buying-options"><h3>Other ways to buy</h3><a href="/p/1/open-box">Open-Box: from <span class="price">$612.50</span></a>
<a href="/p/1/refurbished">Geek-checked refurbished: <span class="price">$655.00</span></a></div>`,
    },
    { price: '749.00 USD' },
  ),
  reportedPage(
    report('jez500/pricebuddy', 'issues/4', 'the price of a version that is not the chosen one'),
    {
      lang: 'nl',
      title: 'Scanner Havik 200 zwart',
      product: `<fieldset class="kleuren"><legend>Kleur: zwart</legend>
<a href="/p/2" class="optie">zilver <span>€ 529,00</span></a><a href="/p/1" class="optie" aria-current="true">zwart <span>€ 489,00</span></a><a href="/p/3" class="optie">rood <span>€ 455,00</span></a></fieldset>
<div class="koop"><strong>€ 489,00</strong><button>In winkelwagen</button></div>`,
    },
    { price: '489.00 EUR' },
  ),
  reportedPage(
    report('jez500/pricebuddy', 'issues/107', 'a price in cents is read as dollars'),
    {
      lang: 'en-NZ',
      title: 'Trail shoe Kea',
      url: 'https://shop.example.co.nz/products/trail-shoe-kea',
      product: `<div class="product" data-product-price="23998"><span class="price-item" data-price="23998">$239.98</span><button name="add">Add to cart</button></div>
<script>window.shopMeta = {"product":{"id":81,"type":"Shoes","variants":[{"id":811,"price":23998,"name":"Trail shoe Kea - 9"},{"id":812,"price":23998,"name":"Trail shoe Kea - 10"}]}};</script>`,
    },
    { price: '239.98 NZD' },
  ),
  reportedPage(
    report('jez500/pricebuddy', 'issues/92', 'whole euros and cents without a mark between them'),
    {
      lang: 'nl',
      title: 'Luchtblazer Wervel',
      product: `<section class="koopblok"><span class="promo-prijs" aria-hidden="true">57
  <sup class="centen">25</sup></span><span class="visually-hidden">De prijs is 57 euro en 25 cent</span><button>In winkelwagen</button></section>`,
    },
    { price: '57.25 EUR' },
  ),
  reportedPage(
    report('jez500/pricebuddy', 'issues/176', 'another seller’s price without its shipping'),
    {
      lang: 'en-CA',
      title: 'Live at the Mill, double vinyl',
      url: 'https://market.example.ca/p/1',
      product: `<div id="buy-box"><span class="price">$46.50</span><p>FREE delivery. Ships from and sold by Market Example</p><button>Add to Cart</button></div>
<div id="other-sellers"><h2>Other sellers</h2><div><span class="price">$31.75</span> + $12.00 shipping, sold by Needle Drop <button>Add to Cart</button></div>
<div><span class="price">$33.00</span> + $9.50 shipping, sold by Side B <button>Add to Cart</button></div></div>`,
    },
    { price: '46.50 CAD' },
  ),
  reportedPage(
    report('jez500/pricebuddy', 'issues/222', 'a product that is out of stock gets a related one’s price'),
    {
      lang: 'it',
      title: 'Macinacaffè Brezza',
      product: `<div class="acquisto"><p>Attualmente non disponibile.</p><p>Non sappiamo se e quando l’articolo sarà di nuovo disponibile.</p></div>
<section class="simili"><h2>Prodotti simili</h2><div><a href="/p/7">Macinacaffè Onda</a> <span class="prezzo">39,90 €</span></div><div><a href="/p/8">Macinacaffè Sabbia</a> <span class="prezzo">54,00 €</span></div></section>`,
    },
    { price: null, availability: 'OutOfStock' },
  ),
  reportedPage(
    report('dylants/price-finder', 'issues/113', 'the price of a protection plan'),
    {
      lang: 'sv-SE',
      title: 'Högtalare Skär',
      product: `<div class="trygghet"><label><input type="checkbox"> Lägg till 3 års trygghetsförsäkring för <span class="pris">149 kr</span></label></div>
<div class="produktpris"><span class="pris">1 290 kr</span></div><button>Lägg i varukorgen</button>`,
    },
    { price: '1290 SEK' },
  ),
  reportedPage(
    report('topmonks/hlidac-shopu', 'issues/722', 'the original price is that of one gram'),
    {
      lang: 'cs',
      title: 'Uzená krkovice 400 g',
      head: productData({
        name: 'Uzená krkovice 400 g',
        offers: {
          '@type': 'Offer',
          price: '99.90',
          priceCurrency: 'CZK',
          priceSpecification: {
            '@type': 'UnitPriceSpecification',
            price: '0.25',
            priceCurrency: 'CZK',
            referenceQuantity: { '@type': 'QuantitativeValue', value: 1, unitCode: 'GRM' },
          },
        },
      }),
      product: '<p><b>99,90 Kč</b></p><p class="jednotka">249,75 Kč / kg</p><button>Do košíku</button>',
    },
    { price: '99.90 CZK', listPrice: null },
  ),
  reportedPage(
    report('topmonks/hlidac-shopu', 'issues/2598', 'the monthly instalment is taken for the price'),
    {
      lang: 'hu',
      title: 'Fülhallgató Csend',
      product: `<div class="arak"><div class="reszlet">Részletre havi <span class="ar">3 150 Ft</span></div><div class="vetelar"><span class="ar">62 990 Ft</span></div></div><button>Kosárba</button>`,
    },
    { price: '62990 HUF' },
  ),
  reportedPage(
    report('topmonks/hlidac-shopu', 'issues/840', 'a number of a hint is taken for the original price'),
    {
      lang: 'sk',
      title: 'Kniha o dlhom veku',
      product: `<div class="cena"><span class="povodna">Pôvodná cena <del>18,90 €</del></span> <div class="napoveda">Najnižšia cena za posledných 30 dní pred zľavou</div> <b>13,90 €</b></div><p>Vypredané</p>`,
    },
    { price: '13.90 EUR', listPrice: '18.90 EUR', availability: 'OutOfStock' },
  ),
  reportedPage(
    report('EricJMarti/inventory-hunter', 'issues/122', 'a dot between thousands is read as a decimal point'),
    {
      lang: 'de',
      title: 'Grafikkarte Sturm 12 GB',
      product: '<div class="preis">1.015 EUR</div><p>zzgl. Versand ab 7,99 EUR</p><button>In den Warenkorb</button>',
    },
    { price: '1015 EUR' },
  ),
];
