import { expect, test } from 'vitest';
import { extractList } from '../extract-list.ts';
import { Page } from '../page.ts';

/* Search and category pages in the manner of the web's shops, written for these tests. */

const framed = (title: string, body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><header class="site-header"><nav><a href="/c/1">Kettles</a><a href="/c/2">Lamps</a></nav><div class="mini-cart"><a href="/cart">Cart</a> <span class="price">$0.00</span></div></header>${body}<footer><a href="/about">About</a><p>Free delivery over $50</p></footer></body></html>`;
const NAMES = ['Copper kettle', 'Steel kettle', 'Glass kettle', 'Travel kettle', 'Camping kettle'];
const LISTS: readonly [name: string, html: string, prices: string[]][] = [
  [
    'woo',
    framed(
      'Kettles',
      `<ul class="products columns-4">${NAMES.map((n, i) => `<li class="product type-product post-${i} ${i % 2 ? 'instock' : 'outofstock'} first"><a href="/product/k${i}/" class="woocommerce-LoopProduct-link"><img src="/k${i}.jpg"><h2 class="woocommerce-loop-product__title">${n}</h2><div class="star-rating"><span>Rated 4.5 out of 5</span></div><span class="price">${i === 1 ? '<del><span class="amount"><bdi>£40.00</bdi></span></del> <ins><span class="amount"><bdi>£31.00</bdi></span></ins>' : `<span class="amount"><bdi>£3${i}.00</bdi></span>`}</span></a><a href="?add-to-cart=${i}" class="button add_to_cart_button">Add to cart</a></li>`).join('')}</ul>`,
    ),
    ['30.00', '31.00', '32.00', '33.00', '34.00'],
  ],
  [
    'dawn',
    framed(
      'Search',
      `<ul id="product-grid" class="grid product-grid">${NAMES.map((n, i) => `<li class="grid__item"><div class="card-wrapper product-card-wrapper"><div class="card"><div class="card__inner"><div class="card__media"><img srcset="//cdn.x/k${i}.jpg?width=165 165w" src="//cdn.x/k${i}.jpg"></div><div class="card__content"><h3 class="card__heading"><a href="/products/k${i}?_pos=${i}" class="full-unstyled-link">${n}</a></h3></div></div><div class="card__content"><h3 class="card__heading h5"><a href="/products/k${i}?_pos=${i}" class="full-unstyled-link">${n}</a></h3><div class="price ${i === 1 ? 'price--on-sale' : ''}"><div class="price__container"><div class="price__regular"><span class="visually-hidden">Regular price</span><span class="price-item price-item--regular">$3${i}.00 USD</span></div><div class="price__sale"><span class="visually-hidden">Regular price</span><span><s class="price-item price-item--regular">${i === 1 ? '$45.00 USD' : ''}</s></span><span class="visually-hidden">Sale price</span><span class="price-item price-item--sale">$3${i}.00 USD</span></div></div></div></div></div></div></li>`).join('')}</ul>`,
    ),
    ['30.00', '31.00', '32.00', '33.00', '34.00'],
  ],
  [
    'magento2',
    framed(
      'Results',
      `<ol class="products list items product-items">${NAMES.map((n, i) => `<li class="item product product-item"><div class="product-item-info"><a href="/k${i}.html" class="product photo product-item-photo"><img class="product-image-photo" src="/k${i}.jpg" alt="${n}"></a><div class="product details product-item-details"><strong class="product name product-item-name"><a class="product-item-link" href="/k${i}.html">${n}</a></strong><div class="price-box price-final_price"><span class="normal-price"><span class="price-label">As low as</span> <span class="price-wrapper"><span class="price">€3${i},00</span></span></span></div><div class="actions-primary"><button class="action tocart">Add to Cart</button></div></div></div></li>`).join('')}</ol>`,
    ),
    ['30.00', '31.00', '32.00', '33.00', '34.00'],
  ],
  [
    'prestashop',
    framed(
      'Recherche',
      `<div class="products row">${NAMES.map((n, i) => `<div class="js-product product col-xs-12"><article class="product-miniature js-product-miniature"><div class="thumbnail-container"><a href="/fr/${i}-k.html" class="thumbnail product-thumbnail"><img src="/${i}.jpg" alt="${n}"></a></div><div class="product-description"><h2 class="h3 product-title"><a href="/fr/${i}-k.html">${n}</a></h2><div class="product-price-and-shipping"><span class="regular-price">49,90 €</span><span class="discount-percentage">-20%</span><span class="price">3${i},00 €</span></div></div></article></div>`).join('')}</div>`,
    ),
    ['30.00', '31.00', '32.00', '33.00', '34.00'],
  ],
  [
    'opencart',
    framed(
      'Search',
      `<div class="row">${NAMES.map((n, i) => `<div class="product-layout product-grid col-lg-3"><div class="product-thumb"><div class="image"><a href="/index.php?route=product/product&product_id=${i + 40}"><img src="/${i}.jpg" alt="${n}"></a></div><div class="caption"><h4><a href="/index.php?route=product/product&product_id=${i + 40}">${n}</a></h4><p>A kettle..</p><p class="price"><span class="price-new">$3${i}.00</span> <span class="price-old">$60.00</span> <span class="price-tax">Ex Tax: $20.00</span></p></div><div class="button-group"><button>Add to Cart</button></div></div></div>`).join('')}</div>`,
    ),
    ['30.00', '31.00', '32.00', '33.00', '34.00'],
  ],
  [
    'amazonlike',
    framed(
      'kettle',
      `<div class="s-main-slot">${NAMES.map((n, i) => `<div data-asin="B0${i}" data-component-type="s-search-result" class="s-result-item s-asin"><div class="a-section"><a class="a-link-normal s-no-outline" href="/${n.replace(' ', '-')}/dp/B0${i}/ref=sr_1_${i}"><img class="s-image" src="/${i}.jpg" alt="${n}"></a><h2 class="a-size-base-plus"><a class="a-link-normal" href="/${n.replace(' ', '-')}/dp/B0${i}/ref=sr_1_${i}"><span>${n} with lid</span></a></h2><a href="/${n}/dp/B0${i}#reviews"><span class="a-icon-alt">4.5 out of 5 stars</span> <span>1,234</span></a><a href="/${n.replace(' ', '-')}/dp/B0${i}/ref=sr_1_${i}"><span class="a-price" data-a-size="xl"><span class="a-offscreen">$3${i}.99</span><span aria-hidden="true"><span class="a-price-symbol">$</span><span class="a-price-whole">3${i}<span class="a-price-decimal">.</span></span><span class="a-price-fraction">99</span></span></span> <span class="a-text-price"><span class="a-offscreen">List: $49.99</span><span aria-hidden="true">$49.99</span></span></a><div>FREE delivery Tue on $35</div></div></div>`).join('')}</div>`,
    ),
    ['30.99', '31.99', '32.99', '33.99', '34.99'],
  ],
  [
    'ebaylike',
    framed(
      'kettle',
      `<ul class="srp-results">${NAMES.map((n, i) => `<li class="s-item s-item__pl-on-bottom"><div class="s-item__wrapper"><div class="s-item__image"><a href="https://www.x.example/itm/10${i}?hash=1"><img src="/${i}.jpg"></a></div><div class="s-item__info"><a class="s-item__link" href="https://www.x.example/itm/10${i}?hash=1"><div class="s-item__title"><span>${n} vintage</span></div></a><div class="s-item__subtitle">Pre-Owned</div><div class="s-item__details"><span class="s-item__price">$3${i}.50</span><span class="s-item__shipping">+$8.00 shipping</span></div></div></div></li>`).join('')}</ul>`,
    ),
    ['30.50', '31.50', '32.50', '33.50', '34.50'],
  ],
  [
    'tailwind anchor cards',
    framed(
      'Kettles',
      `<div class="grid grid-cols-4 gap-4">${NAMES.map((n, i) => `<a class="group flex flex-col" href="/p/k-${i}"><div class="aspect-square"><img src="/${i}.webp" alt=""></div><p class="mt-2 text-sm font-medium">${n}</p><p class="text-gray-900"><span class="line-through text-gray-400">$59</span> <span class="text-red-600">$3${i}</span></p></a>`).join('')}</div>`,
    ),
    ['30', '31', '32', '33', '34'],
  ],
  [
    'table',
    framed(
      'Kettles',
      `<table class="list">${NAMES.map((n, i) => `<tr><td><a href="/k${i}">${n}</a></td><td>In stock</td><td align="right">3${i},00 €</td><td><form><button>Buy</button></form></td></tr>`).join('')}</table>`,
    ),
    ['30.00', '31.00', '32.00', '33.00', '34.00'],
  ],
  [
    'german unit prices',
    framed(
      'Kaffee',
      `<div class="listing">${NAMES.map((n, i) => `<div class="product--box box--basic"><div class="product--info"><a href="/k${i}" class="product--image"><img data-srcset="/${i}.jpg"></a><a href="/k${i}" class="product--title">${n} Kaffee 500 g</a><div class="product--price-info"><div class="price--unit">Inhalt 0.5 kg (59,80 €* / 1 kg)</div><div class="product--price"><span class="price--default is--nowrap">3${i},90 €*</span><span class="price--pseudo">statt 39,90 €*</span></div></div></div></div>`).join('')}</div>`,
    ),
    ['30.90', '31.90', '32.90', '33.90', '34.90'],
  ],
  [
    'from prices, sold out',
    framed(
      'K',
      `<div class="collection">${NAMES.map((n, i) => `<article class="tile"><a href="/k${i}"><figure><img src="/${i}.jpg"></figure><h3>${n}</h3></a>${i === 2 ? '<p class="soldout">Sold out</p>' : `<p>From £3${i}.00</p>`}</article>`).join('')}</div>`,
    ),
    ['30.00', '31.00', '', '33.00', '34.00'],
  ],
  [
    'japanese',
    framed(
      '検索',
      `<div class="searchresultitems">${['電気ケトル', 'ガラスケトル', '銅ケトル', '旅行ケトル'].map((n, i) => `<div class="searchresultitem"><div class="image"><a href="https://item.example.jp/s/k${i}/"><img src="/${i}.jpg"></a></div><div class="title"><h2><a href="https://item.example.jp/s/k${i}/">${n} 1.0L</a></h2></div><div class="price--OX_YW">3,${i}80<span>円</span></div><span>送料無料</span><div class="points">35ポイント(1倍)</div></div>`).join('')}</div>`,
    ),
    ['3080', '3180', '3280', '3380'],
  ],
  [
    'itemlist ld',
    framed(
      'K',
      '',
      `<script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","itemListElement":[${NAMES.map((n, i) => `{"@type":"ListItem","position":${i + 1},"item":{"@type":"Product","name":"${n}","url":"https://s.example/k${i}","offers":{"@type":"Offer","price":"3${i}.00","priceCurrency":"EUR"}}}`).join(',')}]}</script>`,
    ),
    ['30.00', '31.00', '32.00', '33.00', '34.00'],
  ],
  [
    'microdata list',
    framed(
      'K',
      `<div>${NAMES.map((n, i) => `<div itemscope itemtype="https://schema.org/Product" class="it"><a itemprop="url" href="/k${i}"><span itemprop="name">${n}</span></a><div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="EUR"><span itemprop="price" content="3${i}.00">3${i},00 €</span></div></div>`).join('')}</div>`,
    ),
    ['30.00', '31.00', '32.00', '33.00', '34.00'],
  ],
  [
    'facets beside',
    framed(
      'K',
      `<aside class="filters"><ul>${[10, 20, 30, 40, 50, 60].map((p) => `<li><a href="/k?max=${p}">Under $${p}.00</a> <span>(12)</span></li>`).join('')}</ul></aside><main><div class="grid">${NAMES.slice(
        0,
        3,
      )
        .map((n, i) => `<div class="cell"><a href="/p/k${i}"><h3>${n}</h3></a><b class="price">$3${i}.00</b></div>`)
        .join('')}</div></main>`,
    ),
    ['30.00', '31.00', '32.00'],
  ],
  [
    'two hits and a carousel of six',
    framed(
      'K',
      `<main><div class="results">${NAMES.slice(0, 2)
        .map((n, i) => `<div class="hit"><a href="/p/k${i}"><h3>${n}</h3></a><b class="price">$3${i}.00</b></div>`)
        .join(
          '',
        )}</div></main><section class="recommendations carousel"><h2>Popular</h2>${[1, 2, 3, 4, 5, 6].map((i) => `<div class="slide"><a href="/p/z${i}"><h4>Lamp ${i}</h4></a><b class="price">$9${i}.00</b></div>`).join('')}</section>`,
    ),
    ['30.00', '31.00'],
  ],
  [
    'sponsored first',
    framed(
      'K',
      `<div class="grid">${NAMES.map((n, i) => `<div class="product-tile ${i === 0 ? 'sponsored' : ''}"><a href="/p/k${i}">${n}</a><span class="pr">3${i}.00 zł</span></div>`).join('')}</div>`,
    ),
    ['30.00', '31.00', '32.00', '33.00', '34.00'],
  ],
  [
    'instalments on cards',
    framed(
      'K',
      `<ol class="ui-search-layout">${NAMES.map((n, i) => `<li class="ui-search-layout__item"><div class="poly-card"><a href="https://a.example/MLA-${i}" class="poly-component__title">${n} eléctrica</a><div class="poly-component__price"><s class="andes-money-amount--previous"><span>$</span><span>59.999</span></s><div class="poly-price__current"><span class="andes-money-amount"><span>$</span><span>3${i}.199</span></span><span>30% OFF</span></div><span class="poly-price__installments">en 6 cuotas de <span class="andes-money-amount"><span>$</span><span>7.231</span></span></span></div><div class="poly-component__shipping">Envío gratis</div></div></li>`).join('')}</ol>`,
    ),
    ['30199', '31199', '32199', '33199', '34199'],
  ],
];

test.each(LISTS)('%s: each card once, with its name, link and price', (_name, html, prices) => {
  const offers = extractList(new Page(html, 'https://shop.example/search?q=kettle'));
  expect(offers.map(({ price }) => price?.amount ?? '')).toEqual(prices);
  expect(new Set(offers.map(({ url }) => url)).size).toBe(prices.length);
  for (const { title } of offers) expect(title).toMatch(/kettle|ケトル/i);
});
