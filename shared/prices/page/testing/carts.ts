import { framed, noise, type ShopPage } from './shop-page.ts';

/** Pages in the manner of the web's shop systems, without structured data unless the system writes it. */
export const CART_PLATFORMS: readonly ShopPage[] = [
  {
    name: 'Shopify, Dawn: on sale, visually hidden labels',
    url: 'https://lumen.example/products/arc-lamp',
    html: framed(
      `<product-info class="product grid"><div class="product__info-wrapper"><p class="product__text caption-with-letter-spacing">Lumen</p>
<div class="product__title"><h1>Arc lamp in brass</h1></div>
<div id="price-template" role="status"><div class="price price--large price--on-sale price--show-badge"><div class="price__container"><div class="price__regular"><span class="visually-hidden visually-hidden--inline">Regular price</span><span class="price-item price-item--regular">$129.00 USD</span></div>
<div class="price__sale"><span class="visually-hidden visually-hidden--inline">Regular price</span><span><s class="price-item price-item--regular">$129.00 USD</s></span><span class="visually-hidden visually-hidden--inline">Sale price</span><span class="price-item price-item--sale price-item--last">$99.00 USD</span></div>
<small class="unit-price caption hidden"><span class="visually-hidden">Unit price</span><span class="price-item price-item--last"><span></span><span aria-hidden="true">/</span><span class="visually-hidden">&nbsp;per&nbsp;</span></span></small></div><span class="badge price__badge-sale">Sale</span></div></div>
<div class="product__tax caption rte">Tax included. <a href="/policies/shipping-policy">Shipping</a> calculated at checkout.</div>
<shop-pay-terms>Pay in 4 interest-free installments of <span>$24.75</span> with Shop Pay</shop-pay-terms>
<product-form><form action="/cart/add"><button type="submit" name="add" class="product-form__submit button">Add to cart</button></form></product-form>
<p>SKU: LUM-ARC-BR</p></div></product-info>`,
      { title: 'Arc lamp in brass – Lumen', ...noise('$') },
    ),
    expected: {
      title: 'Arc lamp in brass',
      price: '99.00 USD',
      listPrice: '129.00 USD',
      availability: 'InStock',
      sku: 'LUM-ARC-BR',
    },
  },
  {
    name: 'Shopify, Debut: sold out',
    url: 'https://lumen.example/products/arc-lamp',
    html: framed(
      `<div class="product-single" id="ProductSection"><h1 class="product-single__title">Arc lamp in brass</h1>
<div class="product__price"><dl class="price product-single__price price--sold-out"><div class="price__regular"><dt><span class="visually-hidden visually-hidden--inline">Regular price</span></dt><dd><span class="price-item price-item--regular" data-regular-price>£129.00</span></dd></div>
<div class="price__sale"><dt><span class="visually-hidden">Sale price</span></dt><dd><span class="price-item price-item--sale" data-sale-price>£129.00</span></dd></div><div class="price__badges"><span class="price__badge price__badge--sold-out"><span>Sold out</span></span></div></dl></div>
<form action="/cart/add" class="product-form"><button type="submit" name="add" disabled class="btn product-form__cart-submit"><span data-add-to-cart-text>Sold out</span></button></form></div>`,
      { title: 'Arc lamp in brass – Lumen', ...noise('£') },
    ),
    expected: { price: '129.00 GBP', listPrice: null, availability: 'OutOfStock' },
  },
  {
    name: 'WooCommerce, Storefront: ins and del with screen-reader texts',
    url: 'https://werk.example/produkt/hammer/',
    html: framed(
      `<div id="product-12" class="product type-product post-12 status-publish first instock product_cat-tools has-post-thumbnail sale"><span class="onsale">Angebot!</span>
<div class="summary entry-summary"><h1 class="product_title entry-title">Schlosserhammer 500 g</h1>
<p class="price"><del aria-hidden="true"><span class="woocommerce-Price-amount amount"><bdi>24,90&nbsp;<span class="woocommerce-Price-currencySymbol">&euro;</span></bdi></span></del> <span class="screen-reader-text">Ursprünglicher Preis war: 24,90&nbsp;&euro;</span><ins aria-hidden="true"><span class="woocommerce-Price-amount amount"><bdi>19,90&nbsp;<span class="woocommerce-Price-currencySymbol">&euro;</span></bdi></span></ins><span class="screen-reader-text">Aktueller Preis ist: 19,90&nbsp;&euro;.</span></p>
<p class="wc-gzd-additional-info">inkl. 19 % MwSt. zzgl. <a href="/versand">Versandkosten</a></p><p class="stock in-stock">12 vorrätig</p>
<form class="cart"><div class="quantity"><input type="number" name="quantity" value="1"></div><button type="submit" name="add-to-cart" value="12" class="single_add_to_cart_button button alt">In den Warenkorb</button></form>
<div class="product_meta"><span class="sku_wrapper">Artikelnummer: <span class="sku">SH-500</span></span> <span class="posted_in">Kategorie: <a href="/k/tools">Werkzeug</a></span></div></div></div>
<section class="related products"><h2>Ähnliche Produkte</h2><ul class="products columns-3"><li class="product"><a href="/produkt/zange/"><h2 class="woocommerce-loop-product__title">Zange</h2><span class="price"><span class="amount"><bdi>14,90&nbsp;€</bdi></span></span></a></li></ul></section>`,
      { title: 'Schlosserhammer 500 g – Werk', lang: 'de-DE' },
    ),
    expected: { price: '19.90 EUR', listPrice: '24.90 EUR', availability: 'InStock', sku: 'SH-500' },
  },
  {
    name: 'WooCommerce: a variable product with a range, out of stock',
    url: 'https://wool.example/product/scarf/',
    html: framed(
      `<div id="product-7" class="product type-product outofstock product-type-variable"><div class="summary entry-summary"><h1 class="product_title entry-title">Merino scarf</h1>
<p class="price"><span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">&pound;</span>35.00</bdi></span> &ndash; <span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">&pound;</span>45.00</bdi></span></p>
<form class="variations_form cart"><p class="stock out-of-stock">This product is currently out of stock and unavailable.</p></form></div></div>`,
      { title: 'Merino scarf - Wool', ...noise('£') },
    ),
    expected: { price: '35.00 GBP', availability: 'OutOfStock' },
  },
  {
    name: 'Magento 2, Luma: special price with labels and data-price-amount',
    url: 'https://sport.example/joust-duffle-bag.html',
    html: framed(
      `<div class="column main"><div class="product-info-main"><div class="page-title-wrapper product"><h1 class="page-title"><span class="base" data-ui-id="page-title-wrapper" itemprop="name">Joust Duffle Bag</span></h1></div>
<div class="product-info-price"><div class="price-box price-final_price" data-role="priceBox" data-product-id="1"><span class="special-price"><span class="price-container price-final_price tax weee"><span class="price-label">Special Price</span><span id="product-price-1" data-price-amount="29.5" data-price-type="finalPrice" class="price-wrapper"><span class="price">$29.50</span></span></span></span>
<span class="old-price"><span class="price-container"><span class="price-label">Regular Price</span><span id="old-price-1" data-price-amount="34" data-price-type="oldPrice" class="price-wrapper"><span class="price">$34.00</span></span></span></span></div>
<div class="product-info-stock-sku"><div class="stock available" title="Availability"><span>In stock</span></div><div class="product attribute sku"><strong class="type">SKU</strong><div class="value" itemprop="sku">24-MB01</div></div></div></div>
<ul class="prices-tier items"><li class="item">Buy 3 for <span class="price">$27.00</span> each and <strong>save 9%</strong></li></ul>
<div class="product-add-form"><button type="submit" title="Add to Cart" class="action primary tocart" id="product-addtocart-button"><span>Add to Cart</span></button></div></div></div>`,
      { title: 'Joust Duffle Bag', ...noise('$') },
    ),
    expected: { price: '29.50 USD', listPrice: '34.00 USD', availability: 'InStock', sku: '24-MB01' },
  },
  {
    name: 'Magento 1: price box with old price, tier prices',
    url: 'https://tea.example/darjeeling.html',
    html: framed(
      `<div class="product-view"><form><div class="product-shop"><div class="product-name"><span class="h1">Darjeeling first flush</span></div>
<p class="availability in-stock">Availability: <span>In stock</span></p>
<div class="price-info"><div class="price-box"><p class="old-price"><span class="price-label">Regular Price:</span> <span class="price" id="old-price-5">€ 14,50</span></p><p class="special-price"><span class="price-label">Special Price</span> <span class="price" id="product-price-5">€ 11,90</span></p></div></div>
<div class="add-to-box"><button type="button" title="Add to Cart" class="button btn-cart"><span><span>Add to Cart</span></span></button></div></div></form></div>`,
      {
        title: 'Darjeeling first flush',
        head: '<meta property="og:title" content="Darjeeling first flush">',
        ...noise('€'),
      },
    ),
    expected: { price: '11.90 EUR', listPrice: '14.50 EUR', availability: 'InStock' },
  },
  {
    name: 'PrestaShop: content attribute, discount badge, reference, data sheet',
    url: 'https://mode.example/fr/accueil/1-pull.html',
    html: framed(
      `<section id="main"><div class="row product-container"><div class="col-md-6"><h1 class="h1">Pull en laine mérinos</h1>
<div class="product-prices js-product-prices"><div class="product-discount"><span class="regular-price">59,90&nbsp;€</span></div><div class="product-price h5 has-discount"><div class="current-price"><span class="current-price-value" content="47.92">47,92&nbsp;€</span><span class="discount discount-percentage">Économisez 20%</span></div></div><div class="tax-shipping-delivery-label">TTC</div></div>
<div class="product-add-to-cart"><button class="btn btn-primary add-to-cart" data-button-action="add-to-cart" type="submit">Ajouter au panier</button><span id="product-availability"><i class="material-icons">&#xE5CA;</i> En stock</span></div>
<div class="product-manufacturer"><label class="label">Marque</label><span><a href="/fr/brand/3-lainier">Lainier</a></span></div>
<div class="product-reference"><label class="label">Référence </label><span>PULL-M-01</span></div></div></div></section>`,
      { title: 'Pull en laine mérinos', lang: 'fr' },
    ),
    expected: {
      price: '47.92 EUR',
      listPrice: '59.90 EUR',
      availability: 'InStock',
      sku: 'PULL-M-01',
      brand: 'Lainier',
    },
  },
  {
    name: 'PrestaShop: out of stock, add to cart disabled',
    url: 'https://mode.example/it/1-maglione.html',
    html: framed(
      `<section id="main"><h1 class="h1">Maglione in lana</h1><div class="product-prices"><div class="product-price h5"><div class="current-price"><span class="current-price-value">47,92&nbsp;€</span></div></div></div>
<div class="product-add-to-cart"><button class="btn btn-primary add-to-cart" type="submit" disabled>Aggiungi al carrello</button><span id="product-availability"><i class="material-icons product-unavailable">&#xE14B;</i> Non disponibile</span></div></section>`,
      { title: 'Maglione in lana', lang: 'it' },
    ),
    expected: { price: '47.92 EUR', availability: 'OutOfStock' },
  },
  {
    name: 'OpenCart: list of brand, code, availability; ex tax and reward points',
    url: 'https://gadget.example/index.php?route=product/product&product_id=43',
    html: framed(
      `<div id="content" class="col-sm-12"><div class="row"><div class="col-sm-4"><h1>Slim notebook 13</h1><ul class="list-unstyled"><li>Brand: <a href="/m">Orchard</a></li><li>Product Code: Product 16</li><li>Reward Points: 600</li><li>Availability: In Stock</li></ul>
<ul class="list-unstyled"><li><span style="text-decoration: line-through;">$602.00</span></li><li><h2>$500.00</h2></li><li>Ex Tax: $400.00</li><li>Price in reward points: 400</li><li><hr></li><li>10 or more $488.00</li></ul>
<div id="product"><button type="button" id="button-cart" class="btn btn-primary btn-lg btn-block">Add to Cart</button></div></div></div></div>`,
      { title: 'Slim notebook 13', ...noise('$') },
    ),
    expected: {
      price: '500.00 USD',
      listPrice: '602.00 USD',
      availability: 'InStock',
      sku: 'Product 16',
      brand: 'Orchard',
    },
  },
  {
    name: 'BigCommerce, Cornerstone: with and without tax, MSRP, was, now',
    url: 'https://kitchen.example/fog-linen/',
    html: framed(
      `<div class="productView"><section class="productView-details product-data"><div class="productView-product"><h1 class="productView-title">Linen chambray towel</h1>
<div class="productView-price"><div class="price-section price-section--withoutTax rrp-price--withoutTax">MSRP: <span data-product-rrp-price-without-tax class="price price--rrp">£59.95</span></div>
<div class="price-section price-section--withoutTax non-sale-price--withoutTax">Was: <span data-product-non-sale-price-without-tax class="price price--non-sale">£54.95</span></div>
<div class="price-section price-section--withoutTax"><span class="price-label">Now:</span> <span data-product-price-without-tax class="price price--withoutTax">£49.95</span></div>
<div class="price-section price-section--saving price">(You save <span class="price price--saving">£10.00</span>)</div></div>
<dl class="productView-info"><dt class="productView-info-name sku-label">SKU:</dt><dd class="productView-info-value" data-product-sku>SLCTBS</dd><dt class="productView-info-name upc-label">UPC:</dt><dd class="productView-info-value" data-product-upc>036000291452</dd><dt class="productView-info-name">Shipping:</dt><dd class="productView-info-value">Calculated at Checkout</dd></dl></div></section>
<section class="productView-details"><form><input id="form-action-addToCart" class="button button--primary" type="submit" value="Add to Cart"></form></section></div>`,
      { title: 'Linen chambray towel - Kitchen', ...noise('£') },
    ),
    expected: {
      price: '49.95 GBP',
      listPrice: '54.95 GBP',
      availability: 'InStock',
      sku: 'SLCTBS',
      gtin: '036000291452',
    },
  },
  {
    name: 'Salesforce Commerce Cloud, SFRA: strike-through list, screen-reader texts',
    url: 'https://apparel.example/s/us/long-sleeve/25502228M.html',
    html: framed(
      `<div class="container product-detail product-wrapper" data-pid="25502228M"><div class="row"><div class="col"><h1 class="product-name">Long sleeve crew neck</h1></div></div>
<div class="product-number-rating"><div class="product-number">Item No. <span class="product-id">25502228M</span></div></div>
<div class="prices"><div class="price"><span><del><span class="strike-through list"><span class="value" content="79.00"><span class="sr-only">Price reduced from</span>$79.00<span class="sr-only">to</span></span></span></del><span class="sales"><span class="value" content="49.99">$49.99</span></span></span></div></div>
<div class="availability product-availability" data-ready-to-order="true"><label>Availability:</label><ul class="availability-msg"><li><div>In Stock</div></li></ul></div>
<button class="add-to-cart btn btn-primary" data-pid="25502228M">Add to Cart</button></div>`,
      { title: 'Long sleeve crew neck | Apparel', ...noise('$') },
    ),
    expected: { price: '49.99 USD', listPrice: '79.00 USD', availability: 'InStock', sku: '25502228M' },
  },
  {
    name: 'SAP Commerce (Hybris): plain price and stock classes',
    url: 'https://electro.example/en/p/1934793',
    html: framed(
      `<div class="product-details page-title"><div class="name">PowerShot A480<span class="sku">ID</span><span class="code">1934793</span></div></div>
<div class="row"><div class="product-main-info"><div class="product-details"><p class="price">$99.85</p><div class="description">Compact 10 MP camera.</div></div>
<div class="addtocart-component"><div class="stock-wrapper clearfix">22 In Stock</div><button id="addToCartButton" type="submit" class="btn btn-primary btn-block js-enable-btn">Add to cart</button></div></div></div>`,
      {
        title: 'PowerShot A480 | Digital Compacts',
        head: '<meta property="og:title" content="PowerShot A480">',
        ...noise('$'),
      },
    ),
    expected: { price: '99.85 USD', availability: 'InStock', sku: '1934793' },
  },
  {
    name: 'Squarespace: money native, sold out mark',
    url: 'https://studio.example/shop/p/vase',
    html: framed(
      `<section class="ProductItem hentry sold-out"><div class="ProductItem-details"><h1 class="ProductItem-details-title">Stoneware vase</h1><div class="product-price sqs-product-price"><span class="sqs-money-native">48.00</span><span class="sqs-money-currency">USD</span></div><div class="product-mark sold-out">sold out</div>
<div class="sqs-add-to-cart-button-wrapper"><div class="sqs-add-to-cart-button" role="button">Add To Cart</div></div></div></section>`,
      { title: 'Stoneware vase — Studio' },
    ),
    expected: { price: '48.00 USD', availability: 'OutOfStock' },
  },
  {
    name: 'Wix: data hooks',
    url: 'https://cards.example/product-page/birthday',
    html: framed(
      `<main><article data-hook="product-page"><h1 data-hook="product-title">Birthday card</h1><div data-hook="sku">SKU: 0012</div>
<div data-hook="product-prices-wrapper"><span data-hook="sr-formatted-primary-price">Regular Price</span><span data-hook="formatted-primary-price" style="text-decoration:line-through">€4.50</span><span data-hook="sr-formatted-secondary-price">Sale Price</span><span data-hook="formatted-secondary-price">€3.60</span></div>
<button data-hook="add-to-cart"><span>Add to Cart</span></button></article></main>`,
      { title: 'Birthday card | Cards' },
    ),
    expected: { price: '3.60 EUR', listPrice: '4.50 EUR', availability: 'InStock', sku: '0012' },
  },
  {
    name: 'Shopware 5: microdata meta, pseudo price, delivery text, entry attributes',
    url: 'https://garten.example/rasenmaeher',
    html: framed(
      `<div class="content product--details"><header class="product--header"><h1 class="product--title">Rasenmäher 1600 W</h1></header><div class="product--buybox">
<div class="product--price price--default price--discount"><span class="price--content content--default"> 149,00&nbsp;&euro; * </span><span class="price--discount-icon"><i class="icon--percent2"></i></span><span class="content--discount"><span class="price--line-through">189,00&nbsp;&euro; *</span><span class="price--discount-percentage">(21.16% gespart)</span></span></div>
<p class="product--tax">inkl. MwSt. <a href="/v">zzgl. Versandkosten</a></p><div class="product--delivery"><p class="delivery--information"><span class="delivery--text delivery--text-available"><i class="delivery--status-icon"></i> Sofort versandfertig, Lieferzeit ca. 1-3 Werktage</span></p></div>
<form class="buybox--form"><button class="buybox--button">In den <span class="buy-btn--cart-add">Warenkorb</span></button></form><ul class="product--base-info"><li class="base-info--entry entry--sku"><strong class="entry--label">Artikel-Nr.:</strong> <span class="entry--content"> SW10153 </span></li></ul></div></div>
<div class="tab-menu--cross-selling"><div class="product-slider"><div class="product--box"><a href="/a" class="product--title">Grastrimmer</a><span class="price--default">79,00 € *</span></div></div></div>`,
      { title: 'Rasenmäher 1600 W | Garten', lang: 'de' },
    ),
    expected: { price: '149.00 EUR', listPrice: '189.00 EUR', availability: 'InStock', sku: 'SW10153' },
  },
  {
    name: 'Shopware 6: list price before, not available',
    url: 'https://garten.example/Rasenkante/SWDEMO10002',
    html: framed(
      `<div class="product-detail-content"><h1 class="product-detail-name">Rasenkante Stahl</h1><div class="product-detail-price-container"><p class="product-detail-price with-list-price">95,00 €*</p><span class="list-price-price">119,00 €*</span><span class="list-price-percentage">(20.17% gespart)</span></div>
<p class="delivery-information delivery-soldout"><span class="delivery-status-indicator bg-danger"></span> Nicht mehr verfügbar</p><div class="product-detail-ordernumber-container"><span class="product-detail-ordernumber-label">Produktnummer:</span><span class="product-detail-ordernumber">SWDEMO10002</span></div></div>`,
      { title: 'Rasenkante Stahl', lang: 'de-DE' },
    ),
    expected: { price: '95.00 EUR', listPrice: '119.00 EUR', availability: 'OutOfStock', sku: 'SWDEMO10002' },
  },
  {
    name: 'Lightspeed: article code, EAN, stock line in Dutch',
    url: 'https://fiets.example/fietslamp.html',
    html: framed(
      `<div class="product-page"><h1 class="page-title">Fietslamp achter USB</h1><div class="product-price"><span class="price-old">€24,95</span> <span class="price">€19,95</span> <small>Incl. btw</small></div>
<form id="product_configure_form"><a href="javascript:;" onclick="$('#product_configure_form').submit()" class="btn btn-cart">Toevoegen aan winkelwagen</a></form>
<table class="details"><tr><td class="product-info-title">Artikelcode:</td><td>FL-331</td></tr><tr><td>EAN:</td><td>8711252019925</td></tr><tr><td>Beschikbaarheid:</td><td><span class="in-stock">Op voorraad (14)</span></td></tr></table></div>`,
      { title: 'Fietslamp achter USB - Fiets', lang: 'nl' },
    ),
    expected: {
      price: '19.95 EUR',
      listPrice: '24.95 EUR',
      availability: 'InStock',
      sku: 'FL-331',
      gtin: '8711252019925',
    },
  },
];
