import type { ShopPage } from '../shop-page.ts';
import { plainPage } from './plain-page.ts';

/** A widget's heading is no title, an address or a heading no brand, a default no currency. */
export const NAMES: readonly ShopPage[] = [
  {
    name: 'a heading over questions before the name',
    url: 'https://shop.example/p/1',
    html: `<!doctype html><html lang="en"><head><title>Walking boots Ridge | Shop</title></head><body><main><section class="qa"><h1>Questions and answers</h1></section>
<div class="detail"><div class="product-title">Walking boots Ridge</div><span class="price">£95.00</span><button>Add to basket</button></div></main></body></html>`,
    expected: { title: 'Walking boots Ridge', price: '95.00 GBP' },
  },
  plainPage(
    'a brand that is a link alone',
    {
      title: 'Hand cream',
      product: `<div itemscope itemtype="https://schema.org/Product"><span itemprop="name">Hand cream</span><link itemprop="brand" href="https://shop.example/b/1207"><div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="9.50"><meta itemprop="priceCurrency" content="EUR"></div></div>`,
    },
    { price: '9.50 EUR', brand: null },
  ),
  plainPage(
    'a tab called for the brand, in French',
    {
      lang: 'fr',
      title: 'Sérum de nuit',
      product:
        '<span class="prix">39,00 €</span><button>Ajouter au panier</button><ul class="onglets"><li>Description</li><li>Marque</li></ul><div><h3>Informations complémentaires</h3><p>Pays : France</p></div>',
    },
    { price: '39.00 EUR', brand: null },
  ),
  plainPage(
    'dollars by default in the data layer, rupees shown',
    {
      title: 'Brass bowl',
      head: '<script>var dataLayer = [{"product": {"name": "Brass bowl", "id": "BB1", "price": "1450.00", "currency": "USD"}}];</script>',
      product: '<span class="price">₹1,450</span><button>Add to cart</button>',
    },
    { price: '1450 INR' },
  ),
  plainPage(
    'a brand with invisible marks',
    {
      title: 'Relay module',
      product:
        '<b class="price">$8.99</b><button>Add to cart</button><table><tr><th>Brand</th><td>\u200e\u202aNorthwire</td></tr></table>',
    },
    { price: '8.99 USD', brand: 'Northwire' },
  ),
];
