import type { ShopPage } from '../shop-page.ts';
import { plainPage } from './plain-page.ts';

/** Other amounts of the page: multipacks, ways to pay, units, hidden boxes, recommended prices. */
export const OTHER_AMOUNTS: readonly ShopPage[] = [
  plainPage(
    'a price for paying at once, in Portuguese',
    {
      lang: 'pt-BR',
      title: 'Cafeteira Serra',
      product:
        '<p class="price">R$ 500,00</p><p>5x de R$ 100,00 sem juros</p><div class="pix">no Pix <b>R$ 450,00</b> (10% de desconto)</div><button>Comprar</button>',
    },
    { price: '500.00 BRL', listPrice: null },
  ),
  plainPage(
    'a range whose sign stands apart, in French',
    {
      lang: 'fr',
      title: 'Coussin Lin',
      product: '<div class="prix"><span>19,90 - 34,90</span> <span>€</span></div><button>Ajouter au panier</button>',
    },
    { price: '19.90 EUR' },
  ),
  plainPage(
    'a sale box that is hidden by its style',
    {
      title: 'Desk mat',
      product:
        '<div class="price"><div class="regular"><b>$28.00</b></div><div class="sale" style="display: none"><b>$35.00</b></div></div><button>Add to cart</button>',
    },
    { price: '28.00 USD' },
  ),
  plainPage(
    'a recommended price in Polish',
    {
      lang: 'pl',
      title: 'Odkurzacz V8',
      product:
        '<p>Sugerowana cena detaliczna <span>999,00 zł</span></p><p>Cena <b>799,00 zł</b></p><button>Do koszyka</button>',
    },
    { price: '799.00 PLN', listPrice: '999.00 PLN' },
  ),
  plainPage(
    'the price by the piece of a pack, in German',
    {
      lang: 'de',
      title: 'Joghurt 6er-Pack',
      product: '<p class="preis">3,90 €</p><p class="grundpreis">0,65 € / Stück</p><button>In den Warenkorb</button>',
    },
    { price: '3.90 EUR' },
  ),
];
