import type { ShopPage } from '../shop-page.ts';
import { plainPage, productData } from './plain-page.ts';

const data = (name: string, price: string | number, priceCurrency: string): string =>
  productData({ name, offers: { '@type': 'Offer', price, priceCurrency } });

/** Three decimals, three groups, and the noise of floating point. */
export const NUMBERS: readonly ShopPage[] = [
  plainPage(
    'mills in structured data, in euros',
    {
      title: 'Crimp contact',
      head: data('Crimp contact', '0.875', 'EUR'),
      product: '<p class="price">€0.875 each</p><button>Add to cart</button>',
    },
    { price: '0.875 EUR' },
  ),
  plainPage(
    'mills in structured data with a comma shown',
    {
      lang: 'de',
      title: 'Aderendhülse',
      head: data('Aderendhülse', '1.245', 'EUR'),
      product: '<p class="preis">1,245 €</p><button>In den Warenkorb</button>',
    },
    { price: '1.245 EUR' },
  ),
  plainPage(
    'a float’s noise as text',
    { title: 'Cable tie', head: data('Cable tie', '2.2200000000000001954', 'USD'), product: '<p>One.</p>' },
    { price: '2.22 USD' },
  ),
  plainPage(
    'three groups and cents',
    { title: 'Yacht Aurora', product: '<p class="price">$1,234,567.50</p><button>Buy now</button>' },
    { price: '1234567.50 USD' },
  ),
  plainPage(
    'thousands behind a dot in structured data of a shop that shows them so',
    {
      lang: 'es',
      title: 'Zapatillas Brisa',
      head: data('Zapatillas Brisa', '24.990', 'CLP'),
      product: '<p class="precio">$24.990</p><button>Agregar al carro</button>',
      url: 'https://tienda.example.cl/p/1',
    },
    { price: '24990 CLP' },
  ),
];
