import type { ShopPage } from '../shop-page.ts';
import { plainPage, productData } from './plain-page.ts';

/** Instalments and insurance before the price, a count of none, a currency that the head alone declares. */
export const BEFORE_THE_PRICE: readonly ShopPage[] = [
  plainPage(
    'an instalment before the price, in Finnish',
    {
      lang: 'fi',
      title: 'Kuulokkeet Hiljaisuus',
      product: '<p>Osamaksulla <b>9,90 €</b></p><p><b>149,00 €</b></p><button>Lisää ostoskoriin</button>',
    },
    { price: '149.00 EUR' },
  ),
  plainPage(
    'an instalment before the price, in Romanian',
    {
      lang: 'ro-RO',
      title: 'Aspirator Vânt',
      product: '<p>În rate lunare de <b>61,00 lei</b></p><p><b>699,00 lei</b></p><button>Adaugă în coș</button>',
    },
    { price: '699.00 RON' },
  ),
  plainPage(
    'an insurance of some years before the price, in Danish',
    {
      lang: 'da-DK',
      title: 'Kaffemaskine Morgen',
      product:
        '<label><input type="checkbox"> 2 års forsikring <b>199 kr.</b></label><p><b>1.299 kr.</b></p><button>Læg i kurv</button>',
    },
    { price: '1299 DKK' },
  ),
  plainPage(
    'a protection of some years before the price',
    {
      title: 'Blender Gale',
      product:
        '<label><input type="checkbox"> Add 3-year protection for <b>$11.49</b></label><p><b>$64.00</b></p><button>Add to cart</button>',
    },
    { price: '64.00 USD' },
  ),
  plainPage(
    'a count of none in an element of its own, in Swedish',
    {
      lang: 'sv-SE',
      title: 'Lampa Norr',
      product: '<p class="pris">499 kr</p><p><b>0</b> <span>i lager</span></p>',
    },
    { price: '499 SEK', availability: 'OutOfStock' },
  ),
  plainPage(
    'a currency that the head alone declares, for microdata',
    {
      title: 'Wool rug Fen',
      head: '<meta content="NOK" property="og:price:currency">',
      product:
        '<div itemscope itemtype="https://schema.org/Product"><span itemprop="name">Wool rug Fen</span><div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="2300.00"></div></div>',
    },
    { price: '2300.00 NOK' },
  ),
  plainPage(
    'a currency of the head that the offer contradicts',
    {
      title: 'Wool rug Moss',
      head: `<meta property="product:price:currency" content="USD">${productData({ name: 'Wool rug Moss', offers: { '@type': 'Offer', price: '210.00', priceCurrency: 'EUR' } })}`,
      product: '<p>Handwoven.</p>',
    },
    { price: '210.00 EUR' },
  ),
];
