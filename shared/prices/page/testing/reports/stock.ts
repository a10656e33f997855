import { productData } from '../kinds/plain-page.ts';
import { type ReportedPage, report, reportedPage } from './reported-page.ts';

/** Reports of a wrong state of stock. */
export const REPORTED_STOCK: readonly ReportedPage[] = [
  reportedPage(
    report('jef/streetmerchant', 'issues/2476', 'a count of none is read as in stock'),
    {
      title: 'Processor Quill 8',
      product: `<span class="price">$299.00</span><div class="inventory"><span class="count">0</span> <span>NEW IN STOCK</span> at our Riverside store</div>`,
    },
    { price: '299.00 USD', availability: 'OutOfStock' },
  ),
  reportedPage(
    report('dgtlmoon/changedetection.io', 'issues/2779', 'soon in stock, in Spanish, is not in stock'),
    {
      lang: 'es',
      title: 'Sandalia Duna',
      product: `<p class="precio">89,00 €</p><div class="tallas"><button aria-pressed="true">39</button></div><p class="aviso">¡Muy pronto estará en stock!</p><button>Avísame</button>`,
    },
    { price: '89.00 EUR', availability: 'OutOfStock' },
  ),
  reportedPage(
    report('dgtlmoon/changedetection.io', 'pull/4262', 'stock and currency stand in Open Graph alone'),
    {
      lang: 'tr',
      title: 'Bakır cezve',
      head: `${productData({ name: 'Bakır cezve', offers: { '@type': 'Offer', price: '640.00' } })}<meta property="product:availability" content="out of stock"><meta property="product:price:currency" content="TRY">`,
      product: '<p>El yapımı.</p>',
    },
    { price: '640.00 TRY', availability: 'OutOfStock' },
  ),
  reportedPage(
    report('jef/streetmerchant', 'pull/890', 'what is on backorder counts as in stock'),
    {
      lang: 'en-CA',
      title: 'Mainboard Birch Z9',
      url: 'https://parts.example.ca/p/1',
      product: `<div class="buy"><span class="price">$419.99</span><div class="availability"><strong>Availability:</strong> Backorder</div><button>Add to Cart</button></div>`,
    },
    { price: '419.99 CAD', availability: 'BackOrder' },
  ),
];
