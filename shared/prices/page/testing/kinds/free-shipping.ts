import type { ShopPage } from '../shop-page.ts';
import { plainPage } from './plain-page.ts';

/** That sending is free, beside the price, leaves the price what it is. */
export const FREE_SHIPPING: readonly ShopPage[] = [
  plainPage(
    'in German, one line',
    {
      lang: 'de',
      title: 'Holzkiste Eiche',
      product: '<p><strong>49,90 €</strong> <span>Kostenloser Versand</span></p><button>In den Warenkorb</button>',
    },
    { price: '49.90 EUR' },
  ),
  plainPage(
    'in Spanish, before the price',
    {
      lang: 'es',
      title: 'Mesa auxiliar',
      product: '<p><em>Envío gratis</em> <b>39,95 €</b></p><button>Añadir al carrito</button>',
    },
    { price: '39.95 EUR' },
  ),
  plainPage(
    'in Dutch, in one text',
    {
      lang: 'nl',
      title: 'Kruk Berk',
      product: '<p class="prijs">€ 59,00 gratis verzending</p><button>In winkelwagen</button>',
    },
    { price: '59.00 EUR' },
  ),
  plainPage(
    'in Polish',
    {
      lang: 'pl',
      title: 'Lampka nocna',
      product: '<div><b>129,00 zł</b> <span>Darmowa dostawa</span></div><button>Do koszyka</button>',
    },
    { price: '129.00 PLN' },
  ),
  plainPage(
    'in English, with a plus',
    {
      title: 'Linen apron',
      product: '<div><b>$32.00</b> <small>+ Free delivery</small></div><button>Buy now</button>',
    },
    { price: '32.00 USD' },
  ),
];
