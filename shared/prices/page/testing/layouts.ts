import { framed, noise, type ShopPage } from './shop-page.ts';

/** Layouts without a platform's names, and states of a product. */
export const LAYOUTS: readonly ShopPage[] = [
  {
    name: 'utility classes alone',
    url: 'https://a.example/p/1',
    html: framed(
      `<main class="mx-auto max-w-7xl"><div class="grid grid-cols-2"><div><img src="/1.jpg"></div><div class="flex flex-col gap-4"><h1 class="text-3xl font-bold">Canvas backpack 20 l</h1><div class="flex items-baseline gap-2"><span class="text-2xl text-red-600">€64</span><span class="text-sm text-gray-400 line-through">€80</span><span class="rounded bg-red-100 px-2">-20%</span></div><p class="text-sm">Pay in 3 with Klarna. €21.33/month</p><button class="rounded bg-black px-6 py-3 text-white">Add to bag</button><ul class="text-sm"><li>Free delivery over €50</li><li>30-day returns</li></ul></div></div></main>`,
      { title: 'Canvas backpack 20 l | A', ...noise('€') },
    ),
    expected: { price: '64 EUR', listPrice: '80 EUR', availability: 'InStock' },
  },
  {
    name: 'hashed class names',
    url: 'https://a.example/p/1',
    html: framed(
      `<div class="_3xKqp"><h1 class="_1aBcD">Ceramic pour-over set</h1><div class="sc-bdVaJa kXyZ"><div class="sc-htpNat">$38.00</div><div class="sc-bxivhb">or $9.50/mo</div></div><button class="sc-ifAKCX">Add to cart</button></div>`,
      { title: 'Ceramic pour-over set', ...noise('$') },
    ),
    expected: { price: '38.00 USD', availability: 'InStock' },
  },
  {
    name: 'old table layout',
    url: 'https://a.example/show.php?id=771',
    html: framed(
      `<table width="900"><tr><td colspan=2><b>Brass door handle, pair</b></td></tr><tr><td><img src="/h.jpg"></td><td><font size=4 color=red>Price: £24.50</font><br>inc VAT<br>(£20.42 ex VAT)<br><br>Item no: BDH-220<br>Availability: 14 in stock<br><form><input type=submit value="Add to basket"></form></td></tr></table>`,
      {
        title: 'Brass door handle, pair - Old Shop',
        head: '<meta property="og:title" content="Brass door handle, pair">',
      },
    ),
    expected: { price: '24.50 GBP', availability: 'InStock', sku: 'BDH-220' },
  },
  {
    name: 'price only in the button',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>Espresso cups, set of 2</h1><p>Porcelain, 80 ml</p><button class="btn">Add to cart – $26.00</button></main>`,
      { title: 'Espresso cups, set of 2', ...noise('$') },
    ),
    expected: { price: '26.00 USD', availability: 'InStock' },
  },
  {
    name: 'price before the title',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><div class="buy-panel"><div class="price">$310.00</div><button>Add to cart</button></div><div><h1>Wool rug 120 x 180</h1><p>Hand woven.</p></div></main>`,
      { title: 'Wool rug 120 x 180' },
    ),
    expected: { price: '310.00 USD' },
  },
  {
    name: 'book with several formats',
    url: 'https://a.example/b/1',
    html: framed(
      `<main><h1>The Sea Inside</h1><p>by A. Author</p><ul class="formats"><li class="selected"><a href="#">Paperback</a> <span class="price">£9.99</span></li><li><a href="/b/1h">Hardback <span>£18.99</span></a></li><li><a href="/b/1e">eBook <span>£4.99</span></a></li></ul><p>ISBN: 9783161484100</p><button>Add to basket</button></main>`,
      { title: 'The Sea Inside' },
    ),
    expected: { price: '9.99 GBP', gtin: '9783161484100' },
  },
  {
    name: 'quantity breaks, net and gross',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>M4 hex bolt, box of 100</h1><p class="unit">Price per box <b>€ 7,85</b> excl. btw</p><p>€ 9,50 incl. btw</p><table class="staffel"><tr><th>Aantal</th><th>Prijs</th></tr><tr><td>10+</td><td>€ 7,10</td></tr><tr><td>50+</td><td>€ 6,40</td></tr></table><button>In winkelwagen</button></main>`,
      { title: 'M4 hex bolt, box of 100', lang: 'nl' },
    ),
    expected: { price: '9.50 EUR' },
  },
  {
    name: 'grocery: unit price, multi-buy, card price',
    url: 'https://a.example/g/1',
    html: framed(
      `<main><h1>Strawberry jam 340 g</h1><div class="pd__cost"><span class="pd__cost__retail-price">£2.15</span><span class="pd__cost__per-unit">63p / 100g</span></div><div class="promo">Any 2 for £4</div><div class="nectar">£1.75 with card</div><button>Add</button></main>`,
      { title: 'Strawberry jam 340 g' },
    ),
    expected: { price: '2.15 GBP' },
  },
  {
    name: 'ratings, sales and stock counts',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>LED strip 5 m</h1><div>4.8 (12,345) · 50,000+ sold</div><div><span>US $6.42</span> <span>US $12.84</span> <span>-50%</span></div><div>999 available</div><div>Estimated delivery Jan 12 - Jan 25</div><button>Buy now</button></main>`,
      { title: 'LED strip 5 m' },
    ),
    expected: { price: '6.42 USD', listPrice: '12.84 USD', availability: 'InStock' },
  },
  {
    name: 'pre-order',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>Puzzle game 2</h1><div class="price">$59.99</div><p class="release">Release date: 12 March</p><button>Pre-order now</button></main>`,
      { title: 'Puzzle game 2' },
    ),
    expected: { price: '59.99 USD', availability: 'PreOrder' },
  },
  {
    name: 'notify me',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>Oak stool</h1><div class="price">$159.00</div><button>Notify me when available</button></main>`,
      { title: 'Oak stool', ...noise('$') },
    ),
    expected: { price: '159.00 USD', availability: 'OutOfStock' },
  },
  {
    name: 'discontinued',
    url: 'https://a.example/p/1',
    html: framed(`<main><h1>Oak stool</h1><p class="notice">This product has been discontinued.</p></main>`, {
      title: 'Oak stool',
      ...noise('$'),
    }),
    expected: { price: null, availability: 'OutOfStock' },
  },
  {
    name: 'sizes out of stock in a list of choices',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>Running shoe</h1><div class="price">$99.00</div><select name="size"><option>40 - Out of stock</option><option>41</option><option>42 - Sold out</option></select><button>Add to cart</button></main>`,
      { title: 'Running shoe' },
    ),
    expected: { price: '99.00 USD', availability: 'InStock' },
  },
  {
    name: 'store pickup unavailable',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>Garden hose</h1><div class="price">$29.00</div><div class="shipping">Ship it: In stock</div><div class="pickup">Store pickup: Not available at your store</div><button>Add to cart</button></main>`,
      { title: 'Garden hose' },
    ),
    expected: { price: '29.00 USD', availability: 'InStock' },
  },
  {
    name: 'Indian: M.R.P., deal price, EMI',
    url: 'https://a.example.in/p/1',
    html: framed(
      `<main><h1>Washing machine 8 kg</h1><div><span>M.R.P.: </span><span style="text-decoration:line-through">₹45,990</span></div><div>Deal price: <b>₹32,490</b></div><div>You save ₹13,500 (29%)</div><div>EMI starts at ₹1,575 per month</div><button>Buy Now</button></main>`,
      { title: 'Washing machine 8 kg' },
    ),
    expected: { price: '32490 INR', listPrice: '45990 INR' },
  },
  {
    name: 'Polish: lowest price of 30 days',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>Lampa stołowa</h1><div class="p"><span>199,00 zł</span></div><div class="omnibus">Najniższa cena z 30 dni przed obniżką: 219,00 zł</div><div>Cena regularna: 249,00 zł</div><button>Do koszyka</button></main>`,
      { title: 'Lampa stołowa', lang: 'pl' },
    ),
    expected: { price: '199.00 PLN' },
  },
  {
    name: 'German: lowest price of 30 days, RRP',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>Tischlampe</h1><div><span>59,99 €</span> <span>UVP 79,99 €</span></div><div>Niedrigster Gesamtpreis der letzten 30 Tage: 54,99 €</div><div>Ratenkauf ab 5,99 € mtl.</div><button>In den Warenkorb</button></main>`,
      { title: 'Tischlampe', lang: 'de' },
    ),
    expected: { price: '59.99 EUR', listPrice: '79.99 EUR' },
  },
  {
    name: 'classified ad',
    url: 'https://a.example/ad/8812345',
    html: framed(
      `<main><h1>Mountain bike, 27.5"</h1><p>$ 450</p><p>Condition: Used</p><p>Posted 2 days ago · Ad ID 8812345</p><button>Contact seller</button></main>`,
      { title: 'Mountain bike, 27.5"', ...noise('$') },
    ),
    expected: { price: '450 USD', condition: 'UsedCondition' },
  },
  {
    name: 'gift card',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>Gift card</h1><div class="price">$25.00</div><div class="options"><label>$25</label><label>$50</label><label>$100</label></div><button>Add to cart</button></main>`,
      { title: 'Gift card' },
    ),
    expected: { price: '25.00 USD' },
  },
  {
    name: 'a bundle with its total',
    url: 'https://a.example/p/1',
    html: framed(
      `<main><h1>Camera X100</h1><div class="price">$899.00</div><button>Add to cart</button><section class="frequently-bought-together"><h3>Frequently bought together</h3><p>Total price: $978.00</p><ul><li>This item: Camera X100 $899.00</li><li><a href="/x">Bag</a> $79.00</li></ul><button>Add all to cart</button></section></main>`,
      { title: 'Camera X100' },
    ),
    expected: { price: '899.00 USD' },
  },
];
