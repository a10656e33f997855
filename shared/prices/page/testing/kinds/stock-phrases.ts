import type { ShopPage } from '../shop-page.ts';
import { plainPage, productData } from './plain-page.ts';

/** A stock phrase counts only when its subject is the product; a sold-out button beats structured data. */
export const STOCK_PHRASES: readonly ShopPage[] = [
  plainPage(
    'a chat that is closed, in German',
    {
      lang: 'de',
      title: 'Teekanne Nordlicht',
      product:
        '<p class="preis">34,90 €</p><p>Auf Lager</p><div class="hilfe">Live-Chat ist derzeit nicht verfügbar</div>',
    },
    { price: '34.90 EUR', availability: 'InStock' },
  ),
  plainPage(
    'a video that cannot be played, in Spanish',
    {
      lang: 'es',
      title: 'Lámpara Faro',
      product:
        '<div class="galeria"><p>Vídeo no disponible</p></div><p class="precio">45,00 €</p><button>Añadir al carrito</button>',
    },
    { price: '45.00 EUR', availability: 'InStock' },
  ),
  plainPage(
    'a row of the specification that says no',
    {
      title: 'Cordless drill D20',
      product:
        '<b class="price">$89.00</b><button>Add to cart</button><dl><dt>Discontinued by manufacturer:</dt><dd>No</dd><dt>Voltage</dt><dd>20 V</dd></dl>',
    },
    { price: '89.00 USD', availability: 'InStock' },
  ),
  plainPage(
    'store pick-up that is not to be had, over an open buy button',
    {
      title: 'Garden bench Alder',
      product:
        '<div class="buy-box"><b class="price">£129.00</b><p>In stock</p><button>Add to basket</button></div><div class="stores"><p>Click &amp; collect is currently unavailable</p></div>',
    },
    { price: '129.00 GBP', availability: 'InStock' },
  ),
  plainPage(
    'a disabled sold-out button against structured data, in French',
    {
      lang: 'fr',
      title: 'Fauteuil Brume',
      head: productData({
        name: 'Fauteuil Brume',
        offers: { '@type': 'Offer', price: '249.00', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
      }),
      product: '<p class="prix">249,00 €</p><button class="btn" disabled>Épuisé</button>',
    },
    { price: '249.00 EUR', availability: 'OutOfStock' },
  ),
];
