import type { ShopPage } from '../shop-page.ts';
import { plainPage, productData } from './plain-page.ts';

const offer = (price: string, priceCurrency: string): Record<string, unknown> => ({
  offers: { '@type': 'Offer', price, priceCurrency },
});

/** Where structured data and the page differ, what is shown is asked. */
export const SHOWN_AGAINST_STRUCTURED: readonly ShopPage[] = [
  plainPage(
    'a net price in JSON-LD, gross shown, in German',
    {
      lang: 'de',
      title: 'Regalboden Kiefer',
      head: productData({ name: 'Regalboden Kiefer', ...offer('50.00', 'EUR') }),
      product: '<p class="preis">59,50 €</p><p>inkl. MwSt.</p><button>In den Warenkorb</button>',
    },
    { price: '59.50 EUR' },
  ),
  plainPage(
    'the regular price in JSON-LD during a sale',
    {
      title: 'Rain jacket Fjord',
      head: productData({ name: 'Rain jacket Fjord', ...offer('120.00', 'USD') }),
      product: '<p class="price"><del>$120.00</del> <ins>$84.00</ins></p><button>Add to cart</button>',
    },
    { price: '84.00 USD', listPrice: '120.00 USD' },
  ),
  plainPage(
    'an approximate amount in the visitor’s currency',
    {
      title: 'Ceramic vase Moor',
      product:
        '<div class="price"><span>€48.00</span></div><div class="price-note">≈ <span>$52.10</span> in your currency</div><button>Add to cart</button>',
    },
    { price: '48.00 EUR' },
  ),
  plainPage(
    'other products’ microdata under a heading in German',
    {
      lang: 'de',
      title: 'Waschtisch Linea 80',
      product: `<div class="preis">899,00 €</div><button>In den Warenkorb</button><section><h2>Kunden kauften auch</h2>
<div itemscope itemtype="https://schema.org/Product"><a href="/b"><span itemprop="name">Spiegel Luna</span></a><div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><span itemprop="price" content="149.00">149,00 €</span><meta itemprop="priceCurrency" content="EUR"></div></div></section>`,
    },
    { price: '899.00 EUR', title: 'Waschtisch Linea 80' },
  ),
  plainPage(
    'the data layer and the head agree on a sale that JSON-LD does not know',
    {
      title: 'Table fan Breeze',
      head: `<meta property="product:price:amount" content="64.00"><meta property="product:price:currency" content="GBP">${productData({ name: 'Table fan Breeze', ...offer('80.00', 'GBP') })}
<script>window.dataLayer = window.dataLayer || []; dataLayer.push({"event": "detail", "product": {"name": "Table fan Breeze", "id": "TF-8", "price": "64.00"}});</script>`,
      product: '<p>A quiet fan.</p>',
    },
    { price: '64.00 GBP' },
  ),
];
