import { framed, type ShopPage } from './shop-page.ts';

const ld = (...blocks: string[]): string =>
  blocks.map((block) => `<script type="application/ld+json">${block}</script>`).join('');
const page = (
  name: string,
  head: string,
  expected: ShopPage['expected'],
  body = '<h1>Copper kettle 2 l</h1>',
): ShopPage => ({
  name,
  url: 'https://kettles.example/p/copper-2l',
  html: framed(body, { title: 'Copper kettle 2 l | Kettles', head }),
  expected,
});
const PRODUCT = '"@context":"https://schema.org","@type":"Product","name":"Copper kettle 2 l"';
const OFFER = '"@type":"Offer","priceCurrency":"EUR","availability":"https://schema.org/InStock"';

/** Structured data as shops write it, right and wrong. */
export const STRUCTURED: readonly ShopPage[] = [
  page(
    'a graph with breadcrumbs and organisation',
    ld(
      `{"@context":"https://schema.org","@graph":[{"@type":"BreadcrumbList"},{"@type":"Organization","name":"Kettles"},{"@type":"WebPage","@id":"#w"},{${PRODUCT.replace('"@context":"https://schema.org",', '')},"sku":"K2","offers":[{${OFFER},"price":"59.00"}]}]}`,
    ),
    { price: '59.00 EUR', availability: 'InStock', sku: 'K2' },
  ),
  page('an array of roots', ld(`[{"@type":"WebSite"},{${PRODUCT},"offers":{${OFFER},"price":59}}]`), {
    price: '59 EUR',
  }),
  page(
    'a product group with variants',
    ld(
      `{"@context":"https://schema.org","@type":"ProductGroup","name":"Copper kettle 2 l","brand":{"@type":"Brand","name":"Cuprum"},"hasVariant":[{"@type":"Product","name":"Copper kettle 2 l, red","sku":"K2R","gtin13":"4006381333931","offers":{${OFFER},"price":"59.00","url":"https://kettles.example/p/copper-2l"}},{"@type":"Product","name":"Copper kettle 2 l, blue","sku":"K2B","offers":{${OFFER},"price":"62.00","url":"https://kettles.example/p/copper-2l?v=2"}}]}`,
    ),
    { price: '59.00 EUR', brand: 'Cuprum', nVariants: 2, sku: 'K2R', gtin: '4006381333931' },
  ),
  page(
    'an aggregate offer with a low price alone',
    ld(
      `{${PRODUCT},"offers":{"@type":"AggregateOffer","lowPrice":"59.00","highPrice":"79.00","priceCurrency":"EUR","offerCount":3}}`,
    ),
    { price: '59.00 EUR' },
  ),
  page(
    'offers as a string of JSON',
    ld(`{${PRODUCT},"offers":"{\\"@type\\":\\"Offer\\",\\"price\\":\\"59.00\\",\\"priceCurrency\\":\\"EUR\\"}"}`),
    { price: '59.00 EUR' },
  ),
  page('a comma decimal', ld(`{${PRODUCT},"offers":{${OFFER},"price":"1.059,00"}}`), { price: '1059.00 EUR' }),
  page('a price with its sign', ld(`{${PRODUCT},"offers":{${OFFER},"price":"€ 59,00"}}`), { price: '59.00 EUR' }),
  page(
    'entities in the name',
    ld(`{"@type":"Product","name":"Copper kettle &amp; lid, 2&nbsp;l","offers":{${OFFER},"price":"59.00"}}`),
    { title: 'Copper kettle & lid, 2 l', price: '59.00 EUR' },
  ),
  page('trailing commas and comments', ld(`{${PRODUCT}, // main\n"offers":{${OFFER},"price":"59.00",},/* end */}`), {
    price: '59.00 EUR',
  }),
  page('wrapped in CDATA', ld(`//<![CDATA[\n{${PRODUCT},"offers":{${OFFER},"price":"59.00"}}\n//]]>`), {
    price: '59.00 EUR',
  }),
  page(
    'line breaks inside strings',
    ld(`{${PRODUCT},"description":"Copper\nkettle\twith lid","offers":{${OFFER},"price":"59.00"}}`),
    { price: '59.00 EUR' },
  ),
  page(
    'unescaped quotes inside strings',
    ld(`{${PRODUCT},"description":"The 2" spout "classic" kettle","offers":{${OFFER},"price":"59.00"}}`),
    { price: '59.00 EUR' },
  ),
  page('cut off at the end', ld(`{${PRODUCT},"offers":{${OFFER},"price":"59.00"},"description":"A kett`), {
    price: '59.00 EUR',
  }),
  page(
    'several products, one of them the page’s own',
    ld(
      `{"@type":"Product","name":"Tea pot","url":"https://kettles.example/p/tea-pot","offers":{${OFFER},"price":"19.00"}}`,
      `{${PRODUCT},"url":"https://kettles.example/p/copper-2l","offers":{${OFFER},"price":"59.00"}}`,
      `{"@type":"Product","name":"Tea cosy","url":"https://kettles.example/p/cosy","offers":{${OFFER},"price":"9.00"}}`,
    ),
    { price: '59.00 EUR', title: 'Copper kettle 2 l' },
  ),
  page(
    'related products inside the product',
    ld(
      `{${PRODUCT},"isRelatedTo":[{"@type":"Product","name":"Lid","offers":{${OFFER},"price":"9.00"}}],"offers":{${OFFER},"price":"59.00"}}`,
    ),
    { price: '59.00 EUR' },
  ),
  page(
    'a price specification',
    ld(
      `{${PRODUCT},"offers":{"@type":"Offer","availability":"InStock","priceSpecification":{"@type":"PriceSpecification","price":"59.00","priceCurrency":"EUR","valueAddedTaxIncluded":true}}}`,
    ),
    { price: '59.00 EUR', availability: 'InStock' },
  ),
  page(
    'a unit price specification that is the price (WooCommerce)',
    ld(
      `{${PRODUCT},"offers":[{"@type":"Offer","priceSpecification":[{"@type":"UnitPriceSpecification","price":"59.00","priceCurrency":"EUR","valueAddedTaxIncluded":true,"validThrough":"2030-12-31"}],"availability":"https://schema.org/OutOfStock"}]}`,
    ),
    { price: '59.00 EUR', availability: 'OutOfStock' },
  ),
  page(
    'list and sale price in unit price specifications',
    ld(
      `{${PRODUCT},"offers":[{"@type":"Offer","priceSpecification":[{"@type":"UnitPriceSpecification","priceType":"https://schema.org/ListPrice","price":"79.00","priceCurrency":"EUR"},{"@type":"UnitPriceSpecification","price":"59.00","priceCurrency":"EUR"}]}]}`,
    ),
    { price: '59.00 EUR', listPrice: '79.00 EUR' },
  ),
  page(
    'a strikethrough price beside the price',
    ld(
      `{${PRODUCT},"offers":{${OFFER},"price":"59.00","priceSpecification":{"@type":"UnitPriceSpecification","priceType":"https://schema.org/StrikethroughPrice","price":"79.00","priceCurrency":"EUR"}}}`,
    ),
    { price: '59.00 EUR', listPrice: '79.00 EUR' },
  ),
  page(
    'a price per kilogram beside the price',
    ld(
      `{${PRODUCT},"offers":{${OFFER},"priceSpecification":[{"@type":"UnitPriceSpecification","price":"29.50","priceCurrency":"EUR","referenceQuantity":{"@type":"QuantitativeValue","value":"1","unitCode":"KGM"}},{"@type":"PriceSpecification","price":"59.00","priceCurrency":"EUR"}]}}`,
    ),
    { price: '59.00 EUR' },
  ),
  page(
    'a member price beside the price',
    ld(
      `{${PRODUCT},"offers":{${OFFER},"price":"59.00","priceSpecification":[{"@type":"UnitPriceSpecification","price":"59.00","priceCurrency":"EUR"},{"@type":"UnitPriceSpecification","price":"49.00","priceCurrency":"EUR","validForMemberTier":{"@type":"MemberProgramTier","name":"Gold"}}]}}`,
    ),
    { price: '59.00 EUR' },
  ),
  page(
    'a member price first',
    ld(
      `{${PRODUCT},"offers":{"@type":"Offer","availability":"InStock","priceSpecification":[{"@type":"UnitPriceSpecification","price":"49.00","priceCurrency":"EUR","validForMemberTier":{"@type":"MemberProgramTier","name":"Gold"}},{"@type":"UnitPriceSpecification","price":"59.00","priceCurrency":"EUR"}]}}`,
    ),
    { price: '59.00 EUR' },
  ),
  page(
    'http, lower case and odd names of states',
    ld(
      `{${PRODUCT},"offers":{"@type":"Offer","price":"59","priceCurrency":"EUR","availability":"http://schema.org/outofstock"}}`,
    ),
    { availability: 'OutOfStock' },
  ),
  page(
    'limited availability, used',
    ld(
      `{${PRODUCT},"offers":{"@type":"Offer","price":"59","priceCurrency":"EUR","availability":"LimitedAvailability","itemCondition":"https://schema.org/UsedCondition"}}`,
    ),
    { availability: 'LimitedAvailability', condition: 'UsedCondition' },
  ),
  page(
    'shipping details and a rating',
    ld(
      `{${PRODUCT},"aggregateRating":{"@type":"AggregateRating","ratingValue":"4,6","reviewCount":"1.204","bestRating":"5"},"offers":{${OFFER},"price":"59","shippingDetails":{"@type":"OfferShippingDetails","shippingRate":{"@type":"MonetaryAmount","value":4.9,"currency":"EUR"}}}}`,
    ),
    { shipping: '4.9 EUR', rating: { value: 4.6, best: 5, count: 1204 } },
  ),
  page(
    'mpn, gtin and model',
    ld(
      `{${PRODUCT},"mpn":"CK-2000","gtin":"4006381333931","manufacturer":{"name":"Cuprum GmbH"},"offers":{${OFFER},"price":"59"}}`,
    ),
    { mpn: 'CK-2000', gtin: '4006381333931' },
  ),
  page(
    'a type attribute with a charset',
    `<script type="application/ld+json; charset=utf-8">{${PRODUCT},"offers":{${OFFER},"price":"59.00"}}</script>`,
    { price: '59.00 EUR' },
  ),
  page(
    'escaped for HTML as a whole',
    ld(
      `{&quot;@type&quot;:&quot;Product&quot;,&quot;name&quot;:&quot;Copper kettle 2 l&quot;,&quot;offers&quot;:{&quot;@type&quot;:&quot;Offer&quot;,&quot;price&quot;:&quot;59.00&quot;,&quot;priceCurrency&quot;:&quot;EUR&quot;}}`,
    ),
    { price: '59.00 EUR' },
  ),
  page(
    'a price of zero is none, the page has one',
    ld(`{${PRODUCT},"offers":{${OFFER},"price":"0.00"}}`),
    { price: '59.00 EUR' },
    '<main><h1>Copper kettle 2 l</h1><p class="price">€59.00</p><button>Add to cart</button></main>',
  ),
  page(
    'OpenGraph: product price and availability',
    '<meta property="og:type" content="product"><meta property="og:title" content="Copper kettle 2 l"><meta property="product:price:amount" content="59.00"><meta property="product:price:currency" content="EUR"><meta property="product:availability" content="in stock"><meta property="product:brand" content="Cuprum"><meta property="product:retailer_item_id" content="K2"><meta property="product:condition" content="new">',
    { price: '59.00 EUR', availability: 'InStock', brand: 'Cuprum', sku: 'K2', condition: 'NewCondition' },
  ),
  page(
    'OpenGraph: og:price, with thousands (Shopify)',
    '<meta property="og:type" content="product"><meta property="og:price:amount" content="1,059.00"><meta property="og:price:currency" content="EUR">',
    { price: '1059.00 EUR' },
  ),
  page(
    'OpenGraph: sale price and original price',
    '<meta property="og:type" content="product"><meta property="product:original_price:amount" content="79.00"><meta property="product:original_price:currency" content="EUR"><meta property="product:sale_price:amount" content="59.00"><meta property="product:sale_price:currency" content="EUR">',
    { price: '59.00 EUR', listPrice: '79.00 EUR' },
  ),
  page(
    'microdata for merchants',
    '',
    {
      price: '59.00 EUR',
      availability: 'InStock',
      sku: 'K2',
      brand: 'Cuprum',
      gtin: '4006381333931',
      condition: 'NewCondition',
    },
    `<div itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">Copper kettle 2 l</h1><meta itemprop="sku" content="K2"><meta itemprop="gtin13" content="4006381333931"><span itemprop="brand">Cuprum</span><div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><meta itemprop="priceCurrency" content="EUR"><span itemprop="price" content="59.00">59,00 €</span><link itemprop="availability" href="http://schema.org/InStock"><link itemprop="itemCondition" href="http://schema.org/NewCondition"></div></div>`,
  ),
  page(
    'microdata whose text has the price',
    '',
    { price: '1059.00 EUR' },
    `<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Copper kettle 2 l</h1><div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><span itemprop="price">1.059,00</span> <span itemprop="priceCurrency">€</span></div></div>`,
  ),
  page(
    'microdata of related products after it',
    '',
    { price: '59.00 EUR' },
    `<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Copper kettle 2 l</h1><div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="59.00"><meta itemprop="priceCurrency" content="EUR"></div></div>${['Tea pot', 'Tea cosy', 'Tea cup'].map((name, n) => `<div itemscope itemtype="https://schema.org/Product"><a itemprop="url" href="/p/${n}"><span itemprop="name">${name}</span></a><div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="${n + 9}.00"><meta itemprop="priceCurrency" content="EUR"></div></div>`).join('')}`,
  ),
  page(
    'RDFa Lite',
    '',
    { price: '59.00 EUR', availability: 'InStock', sku: 'K2' },
    `<div vocab="https://schema.org/" typeof="Product"><h1 property="name">Copper kettle 2 l</h1><span property="sku">K2</span><div property="offers" typeof="Offer"><span property="price" content="59.00">59 €</span><meta property="priceCurrency" content="EUR"><link property="availability" href="https://schema.org/InStock"></div></div>`,
  ),
  page(
    'the page on sale while its structured data keeps the old price',
    ld(`{${PRODUCT},"offers":{${OFFER},"price":"79.00"}}`),
    { price: '59.00 EUR', listPrice: '79.00 EUR' },
    '<main><h1>Copper kettle 2 l</h1><p class="price"><del>€79.00</del> <ins>€59.00</ins></p><button>Add to cart</button></main>',
  ),
  page(
    'structured data in stock, the page sold out',
    ld(`{${PRODUCT},"offers":{"@type":"Offer","price":"59.00","priceCurrency":"EUR"}}`),
    { availability: 'OutOfStock' },
    '<main><h1>Copper kettle 2 l</h1><p class="price">€59.00</p><button disabled class="btn">Sold out</button></main>',
  ),
  page(
    'Next.js data',
    '<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"product":{"name":"Copper kettle 2 l","sku":"K2","brand":{"name":"Cuprum"},"price":{"value":59,"currency":"EUR"},"inStock":true}}}}</script>',
    { price: '59 EUR', sku: 'K2', brand: 'Cuprum', availability: 'InStock' },
  ),
  page(
    'Shopify product JSON in cents',
    '<script type="application/json" data-product-json>{"id":7001,"title":"Copper kettle 2 l","handle":"copper-2l","vendor":"Cuprum","price":5900,"compare_at_price":7900,"available":true,"variants":[{"id":1,"title":"Default","sku":"K2","price":5900,"available":true}]}</script>',
    { price: '59 -', brand: 'Cuprum' },
    '<h1>Copper kettle 2 l</h1>',
  ),
  page(
    'Shopify product JSON with variants',
    '<script type="application/json">{"id":7001,"title":"Copper kettle 2 l","handle":"copper-2l","vendor":"Cuprum","price":5900,"available":true,"variants":[{"id":1,"title":"Red","sku":"K2-R","barcode":"4006381333931","price":5900,"available":true},{"id":2,"title":"Blue","sku":"K2-B","price":6200,"available":false}]}</script>',
    { price: '59 -', nVariants: 2, availability: 'InStock' },
  ),
  page(
    'a GA4 data layer',
    `<script>window.dataLayer=window.dataLayer||[];dataLayer.push({"event":"view_item","ecommerce":{"currency":"EUR","value":59.00,"items":[{"item_id":"K2","item_name":"Copper kettle 2 l","item_brand":"Cuprum","price":59.00}]}});</script>`,
    { price: '59 EUR', brand: 'Cuprum' },
  ),
];
