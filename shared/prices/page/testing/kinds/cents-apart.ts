import type { ShopPage } from '../shop-page.ts';
import { plainPage } from './plain-page.ts';

/** Cents that stand in an element of their own belong to the amount. */
export const CENTS_APART: readonly ShopPage[] = [
  plainPage(
    'behind the sign in a small element, in Italian',
    {
      lang: 'it',
      title: 'Caffettiera Alba',
      product: '<div class="prezzo">24€<small>50</small></div><button>Aggiungi al carrello</button>',
    },
    { price: '24.50 EUR' },
  ),
  plainPage(
    'the comma with the whole, in German',
    {
      lang: 'de',
      title: 'Brettspiel Hafen',
      product: '<p><span><b>18,</b><i>95</i> €</span></p><button>In den Warenkorb</button>',
    },
    { price: '18.95 EUR' },
  ),
  plainPage(
    'spans on separate lines',
    {
      title: 'Fountain pen',
      product: `<div class="price">
  <span>$</span>
  <span>36.</span>
  <span>24</span>
</div><button>Add to cart</button>`,
    },
    { price: '36.24 USD' },
  ),
  plainPage(
    'raised behind kroner',
    {
      lang: 'da',
      title: 'Lysestage',
      product: '<div class="pris">149 kr<sup>95</sup></div><button>Læg i kurv</button>',
      url: 'https://butik.example.dk/p/1',
    },
    { price: '149.95 DKK' },
  ),
  plainPage(
    'grouped thousands before a raised sign and cents',
    {
      lang: 'fr',
      title: 'Vélo de ville',
      product: '<p class="prix"><b>1 149</b><sup>€</sup><sup>90</sup></p><button>Ajouter au panier</button>',
    },
    { price: '1149.90 EUR' },
  ),
];
