import type { ShopPage } from '../shop-page.ts';
import { plainPage } from './plain-page.ts';

/** What the project's own held pages showed: stock that is told in passing, numbers of a product, prices with a word behind. */
export const HELD_PAGES: readonly ShopPage[] = [
  plainPage(
    'a price with "each" behind a stroke',
    { title: 'Stacking box', product: '<span class="price">$40.00/each</span><button>Add to cart</button>' },
    { price: '40.00 USD', availability: 'InStock' },
  ),
  plainPage(
    'cents behind a dot and a space',
    { title: 'Wall hook', product: '<span class="price">36. 24 €</span><button>Add to cart</button>' },
    { price: '36.24 EUR' },
  ),
  plainPage(
    'how many are left',
    { title: 'Oak stool', product: '<span class="price">£75.00</span><p>Only 3 left</p>' },
    { price: '75.00 GBP', availability: 'InStock' },
  ),
  plainPage(
    'when it is sent, in German',
    {
      lang: 'de',
      title: 'Leinenvorhang',
      product: '<span class="preis">69,00 €</span><p>Lieferzeit: 2-3 Werktage</p>',
    },
    { price: '69.00 EUR', availability: 'InStock' },
  ),
  plainPage(
    'a stock number behind its label in an element of its own',
    {
      title: 'Copper pan',
      product:
        '<span class="price">$85.00</span><ul><li><strong>Item</strong> <span>#CP-2209</span></li></ul><button>Add to cart</button>',
    },
    { price: '85.00 USD', sku: 'CP-2209' },
  ),
];
