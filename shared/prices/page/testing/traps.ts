import { framed, noise, type ShopPage } from './shop-page.ts';

const product = (price: string, more = ''): string =>
  `<main class="pdp"><h1>Walnut desk clock</h1><div class="pdp-price">${price}</div><button class="btn">Add to cart</button>${more}</main>`;
const clock = (name: string, price: string, expected: ShopPage['expected'], more = '', sign = '$'): ShopPage => ({
  name,
  url: 'https://clocks.example/walnut',
  html: framed(product(price, more), { title: 'Walnut desk clock | Clocks', ...noise(sign) }),
  expected,
});

/** Ways to write a price, and amounts beside it that are none. */
export const TRAPS: readonly ShopPage[] = [
  clock('raised cents', '<span>$12<sup>99</sup></span>', { price: '12.99 USD' }),
  clock('raised cents after a comma', '<span>12,<small>99</small> €</span>', { price: '12.99 EUR' }, '', '€'),
  clock(
    'cents in a span named for them',
    '<span class="euros">12</span><span class="cents">99</span><span>€</span>',
    { price: '12.99 EUR' },
    '',
    '€',
  ),
  clock('sign, whole and cents apart', '<span>$</span><span>12</span><span>.</span><span>99</span>', {
    price: '12.99 USD',
  }),
  clock('dash for cents', '<span>€ 12.-</span>', { price: '12 EUR' }, '', '€'),
  clock(
    'a reader text beside the hidden visible one',
    '<span class="sr-only">Current price: $12.99</span><span aria-hidden="true">$12.99</span>',
    { price: '12.99 USD' },
  ),
  clock('price as an attribute and as text', '<span data-price="1299" data-currency="USD">$12.99</span>', {
    price: '12.99 USD',
  }),
  clock(
    'instalments',
    '<span>$50.00</span><p>or 4 × $12.50 with Slice</p><p>or 4 interest-free payments of <b>$12.50</b></p>',
    { price: '50.00 USD' },
  ),
  clock(
    'price per month beside the price',
    '<span>$600.00</span> <span class="financing">or <b>$50.00</b> per month</span>',
    { price: '600.00 USD' },
  ),
  clock('savings', '<span>$80.00</span><span class="msg">Save $20</span><span>You save: $20.00 (20%)</span>', {
    price: '80.00 USD',
  }),
  clock(
    'crossed out by a class in German',
    '<span class="preis-durchgestrichen">99,00 €</span><span class="preis">79,00 €</span>',
    { price: '79.00 EUR', listPrice: '99.00 EUR' },
    '',
    '€',
  ),
  clock(
    'crossed out by a class in French',
    '<span class="prix-barre">99,00 €</span><span class="prix">79,00 €</span>',
    { price: '79.00 EUR', listPrice: '99.00 EUR' },
    '',
    '€',
  ),
  clock(
    'crossed out by a class in Spanish',
    '<span class="precio-tachado">99,00 €</span><span class="precio">79,00 €</span>',
    { price: '79.00 EUR', listPrice: '99.00 EUR' },
    '',
    '€',
  ),
  clock(
    'crossed out by a class in Italian',
    '<span class="prezzo-barrato">99,00 €</span><span class="prezzo">79,00 €</span>',
    { price: '79.00 EUR', listPrice: '99.00 EUR' },
    '',
    '€',
  ),
  clock(
    'crossed out by a class in Portuguese',
    '<span class="preco-de">R$ 99,00</span><span class="preco-por">R$ 79,00</span>',
    { price: '79.00 BRL', listPrice: '99.00 BRL' },
    '',
    'R$',
  ),
  clock(
    'crossed out by a class in Dutch',
    '<span class="van-prijs">€ 99,00</span><span class="prijs">€ 79,00</span>',
    { price: '79.00 EUR', listPrice: '99.00 EUR' },
    '',
    '€',
  ),
  clock(
    'crossed out by a class in Polish',
    '<span class="cena-przekreslona">99,00 zł</span><span class="cena">79,00 zł</span>',
    { price: '79.00 PLN', listPrice: '99.00 PLN' },
    '',
    'zł',
  ),
  clock(
    'crossed out by a class in Czech',
    '<span class="cena-puvodni">990 Kč</span><span class="cena">790 Kč</span>',
    { price: '790 CZK', listPrice: '990 CZK' },
    '',
    'Kč',
  ),
  clock(
    'crossed out by a class in Swedish',
    '<span class="ordinarie-pris">990 kr</span><span class="pris">790 kr</span>',
    { price: '790 -', listPrice: '990 -' },
    '',
    'kr',
  ),
  clock(
    'utility class for the line',
    '<span class="line-through text-gray-500">$99.00</span> <span class="text-xl font-bold">$79.00</span>',
    { price: '79.00 USD', listPrice: '99.00 USD' },
  ),
  clock(
    'member price beside the price',
    '<span>$79.00</span><div class="member-price">Members pay <b>$71.10</b></div>',
    { price: '79.00 USD' },
  ),
  clock(
    'net and gross',
    '<span class="price-excl">£65.83 ex. VAT</span> <span class="price-incl">£79.00 inc. VAT</span>',
    { price: '79.00 GBP' },
    '',
    '£',
  ),
  clock(
    'net and gross with labels before',
    '<span>Excl. VAT:</span> <b>£65.83</b> <span>Incl. VAT:</span> <b>£79.00</b>',
    { price: '79.00 GBP' },
    '',
    '£',
  ),
  clock(
    'a sticky bar that repeats it',
    '<span>$79.00</span>',
    { price: '79.00 USD' },
    '<div class="sticky-bar"><span>Walnut desk clock</span> <b>$79.00</b><button>Add to cart</button></div>',
  ),
  clock('buy three', '<span>$79.00</span><p class="promo">Buy 3 for $200.00</p><p>2 for $150.00</p>', {
    price: '79.00 USD',
  }),
  clock(
    'a gift wrap and a warranty to add',
    '<span>$79.00</span>',
    { price: '79.00 USD' },
    '<label><input type="checkbox"> Gift wrap (+$5.00)</label><label><input type="checkbox"> 2-year protection plan $12.99</label>',
  ),
  clock(
    'free shipping threshold beside the price',
    '<span>$79.00</span><p>Free shipping over $75</p><p>Spend $21.00 more for free shipping</p>',
    { price: '79.00 USD' },
  ),
  clock(
    'a currency selector',
    '<span>$79.00</span>',
    { price: '79.00 USD' },
    '<select name="currency"><option>USD $</option><option>EUR €</option><option>GBP £</option></select>',
  ),
  clock('from', '<span>From $79.00</span>', { price: '79.00 USD' }),
  clock('a range', '<span>$79.00 – $129.00</span>', { price: '79.00 USD' }),
  clock('reward points', '<span>$79.00</span><p>Earn 79 points ($0.79)</p><p>$5.00 cashback</p>', {
    price: '79.00 USD',
  }),
  clock('trade-in', '<span>$79.00</span><p>Trade in yours and get up to $40.00</p>', { price: '79.00 USD' }),
  clock(
    'a refurbished and a used one elsewhere',
    '<span>$79.00</span>',
    { price: '79.00 USD' },
    '<div class="other-offers"><a href="/used">Used from $49.00</a> <a href="/refurb">Refurbished from $59.00</a></div>',
  ),
  clock('no price, but other products with prices', '<p>Call us for the price</p>', { price: null }),
  {
    name: 'a carousel of other products before the product',
    url: 'https://clocks.example/walnut',
    html: framed(product('<span>$79.00</span>'), {
      title: 'Walnut desk clock | Clocks',
      above: `<div class="swiper recently-viewed"><div class="slide"><a href="/oak">Oak clock</a><span class="price">$59.00</span></div><div class="slide"><a href="/ash">Ash clock</a><span class="price">$49.00</span></div><div class="slide"><a href="/elm">Elm clock</a><span class="price">$39.00</span></div></div>`,
    }),
    expected: { price: '79.00 USD', title: 'Walnut desk clock' },
  },
  {
    name: 'sizes with their own prices and stock',
    url: 'https://clocks.example/walnut',
    html: framed(
      product(
        '<span>$79.00</span>',
        '<ul class="sizes"><li class="size sold-out">S <span>$69.00</span> <i>Sold out</i></li><li class="size">M <span>$79.00</span></li><li class="size">L <span>$89.00</span></li></ul>',
      ),
      { title: 'Walnut desk clock | Clocks' },
    ),
    expected: { price: '79.00 USD', availability: 'InStock' },
  },
];
