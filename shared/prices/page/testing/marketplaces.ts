import { framed, noise, type ShopPage } from './shop-page.ts';

/** Pages in the manner of large marketplaces and portals. */
export const MARKETPLACES: readonly ShopPage[] = [
  {
    name: 'Amazon-like: offscreen whole price beside its visible parts, list price, per-unit price, subscribe and save',
    url: 'https://www.bazaar.example/dp/B0ABCDE123',
    html: framed(
      `<div id="dp"><div id="centerCol"><h1 id="title"><span id="productTitle"> Coffee beans medium roast, 1 kg </span></h1><a id="bylineInfo" href="/stores/x">Visit the Rösterei Store</a>
<div id="averageCustomerReviews"><span class="a-icon-alt">4.6 out of 5 stars</span> <span id="acrCustomerReviewText">2,431 ratings</span></div>
<div id="corePriceDisplay_desktop_feature_div" class="celwidget"><span class="a-price aok-align-center reinventPricePriceToPayMargin priceToPay" data-a-size="xl"><span class="a-offscreen">$21.49</span><span aria-hidden="true"><span class="a-price-symbol">$</span><span class="a-price-whole">21<span class="a-price-decimal">.</span></span><span class="a-price-fraction">49</span></span></span> <span class="a-size-mini">(<span class="a-price a-text-price"><span class="a-offscreen">$0.61</span><span aria-hidden="true">$0.61</span></span> / Ounce)</span>
<span class="a-size-small basisPrice">List Price: <span class="a-price a-text-price" data-a-strike="true"><span class="a-offscreen">$26.99</span><span aria-hidden="true">$26.99</span></span></span></div></div>
<div id="rightCol"><div id="buybox"><div id="snsAccordionRow"><span>Subscribe &amp; Save:</span><span class="a-price"><span class="a-offscreen">$20.42</span></span></div><div id="deliveryBlock">FREE delivery Tuesday on orders shipped over $35</div><div id="availability"><span class="a-size-medium a-color-success">In Stock</span></div><input id="add-to-cart-button" name="submit.add-to-cart" type="submit" value="Add to Cart"></div></div></div>`,
      { title: 'Coffee beans medium roast, 1 kg : Bazaar', ...noise('$') },
    ),
    expected: { price: '21.49 USD', listPrice: '26.99 USD', availability: 'InStock' },
  },
  {
    name: 'Amazon-like: currently unavailable',
    url: 'https://www.bazaar.example/dp/B0ABCDE124',
    html: framed(
      `<div id="dp"><h1 id="title"><span id="productTitle">Coffee grinder, steel</span></h1><div id="outOfStock"><div id="availability"><span class="a-color-price a-text-bold">Currently unavailable.</span><br>We don't know when or if this item will be back in stock.</div></div></div>
<div id="sims" class="a-carousel"><h2>Products related to this item</h2><ol><li class="a-carousel-card"><a href="/dp/B01">Hand grinder</a><span class="a-price"><span class="a-offscreen">$34.00</span></span></li><li class="a-carousel-card"><a href="/dp/B02">Burr grinder</a><span class="a-price"><span class="a-offscreen">$84.00</span></span></li></ol></div>`,
      { title: 'Coffee grinder, steel : Bazaar' },
    ),
    expected: { price: null, availability: 'OutOfStock' },
  },
  {
    name: 'eBay-like: used, postage, approximate price in another currency',
    url: 'https://www.auctions.example.co.uk/itm/334455667788',
    html: framed(
      `<div class="vim x-item-title"><h1 class="x-item-title__mainTitle"><span class="ux-textspans ux-textspans--BOLD">Film camera with 50 mm lens</span></h1></div>
<div class="vim x-item-condition"><span>Condition:</span><div class="x-item-condition-text"><span class="ux-textspans">Used</span></div></div>
<div class="vim x-price-section"><div class="x-price-primary" data-testid="x-price-primary"><span class="ux-textspans">£124.50</span></div><div class="x-price-approx"><span class="x-price-approx__label">Approximately</span><span class="x-price-approx__price"><span class="ux-textspans">US $158.20</span></span></div></div>
<div class="x-bin-action"><a href="/bin/1" class="ux-call-to-action fake-btn fake-btn--primary"><span>Buy it now</span></a></div><div class="x-atc-action"><a class="ux-call-to-action fake-btn"><span>Add to basket</span></a></div>
<div class="ux-labels-values ux-labels-values--shipping"><div class="ux-labels-values__labels">Postage:</div><div class="ux-labels-values__values"><span class="ux-textspans ux-textspans--BOLD">£4.20</span> <span>Royal Mail 2nd Class</span></div></div>
<div class="ux-labels-values"><div>Brand:</div><div>Zenit</div></div><div class="ux-labels-values"><div>MPN:</div><div>ZE-122K</div></div>`,
      { title: 'Film camera with 50 mm lens | Auctions', ...noise('£') },
    ),
    expected: {
      price: '124.50 GBP',
      condition: 'UsedCondition',
      shipping: '4.20 GBP',
      availability: 'InStock',
      mpn: 'ZE-122K',
      brand: 'Zenit',
    },
  },
  {
    name: 'AliExpress-like: price in pieces, discount, coupon',
    url: 'https://www.world.example/item/1005001234567890.html',
    html: framed(
      `<div class="pdp-info-right"><div class="price--wrap--tA4MDk4 product-price"><div class="price--current--H7sGzqb product-price-current"><div class="es--wrap--erdmPRe"><span class="es--char--Vcv75ku">US $</span><span class="es--char--Vcv75ku">3</span><span>.</span><span>8</span><span>9</span></div></div><div class="price--original--EEN_7Pp"><span class="price--originalText--Zsc6sMv">US $7.78</span><span class="price--discount--xET8qnP">50% off</span></div></div>
<div class="banner--coupon">US $1.00 off on US $20.00</div><div data-pl="product-title" class="title--wrap--Ms9Zv4A"><h1>USB desk fan, quiet</h1></div><div class="shipping--content--xEqXBXk dynamic-shipping">Shipping: US $1.37</div><button class="comet-v2-btn addcart--addtocart--RhoCLEY"><span>Add to cart</span></button></div>`,
      { title: 'USB desk fan, quiet - World' },
    ),
    expected: { price: '3.89 USD', listPrice: '7.78 USD', availability: 'InStock' },
  },
  {
    name: 'Allegro-like: aria label with the whole price, minor units raised',
    url: 'https://targ.example.pl/oferta/mlynek-123456789',
    html: framed(
      `<div data-box-name="showoffer.productHeader"><h1 class="mgn2_21">Młynek do kawy żarnowy</h1></div><div data-box-name="showoffer.price"><div aria-label="cena 249,99 zł" class="mli8_k4 msa3_z4"><span class="mli8_k4">249,</span><span class="mgn2_19">99</span> <span>zł</span></div><div>45,40 zł x 6 rat <a href="/raty">raty zero</a></div><p>z darmową dostawą</p></div>
<button class="mgn2_14" id="add-to-cart-button">dodaj do koszyka</button><dl><dt>Stan</dt><dd>Nowy</dd><dt>Marka</dt><dd>Młyn</dd><dt>Kod producenta</dt><dd>ML-77B</dd><dt>EAN (GTIN)</dt><dd>5901234123457</dd></dl>`,
      { title: 'Młynek do kawy żarnowy - Targ', lang: 'pl' },
    ),
    expected: {
      price: '249.99 PLN',
      condition: 'NewCondition',
      availability: 'InStock',
      mpn: 'ML-77B',
      gtin: '5901234123457',
      brand: 'Młyn',
    },
  },
  {
    name: 'Mercado Libre-like: fraction and cents, instalments, previous price in s',
    url: 'https://articulo.mercado.example.com.ar/MLA-123',
    html: framed(
      `<div class="ui-pdp-container"><div class="ui-pdp-header"><span class="ui-pdp-subtitle">Nuevo | +50 vendidos</span><h1 class="ui-pdp-title">Pava eléctrica 1.7 L</h1></div>
<div class="ui-pdp-price"><s class="andes-money-amount ui-pdp-price__original-value andes-money-amount--previous" aria-label="Antes: 45999 pesos"><span class="andes-money-amount__currency-symbol">$</span><span class="andes-money-amount__fraction">45.999</span></s><div class="ui-pdp-price__second-line"><span class="andes-money-amount ui-pdp-price__part" aria-label="32199 pesos"><meta itemprop="price" content="32199"><span class="andes-money-amount__currency-symbol">$</span><span class="andes-money-amount__fraction">32.199</span></span> <span class="andes-money-amount__discount">30% OFF</span></div></div>
<div class="ui-pdp-price__subtitles"><p>en <span>6 cuotas de <span class="andes-money-amount"><span>$</span><span>7.231</span></span></span></p></div><p class="ui-pdp-stock-information__title">Stock disponible</p><button type="submit" class="andes-button ui-pdp-action--primary">Comprar ahora</button></div>`,
      { title: 'Pava eléctrica 1.7 L | Mercado', lang: 'es-AR' },
    ),
    expected: { price: '32199 ARS', listPrice: '45999 ARS', availability: 'InStock' },
  },
  {
    name: 'Rakuten-like: Japanese, tax included, points, shipping',
    url: 'https://item.ichiba.example.co.jp/shop/kettle/',
    html: framed(
      `<div id="main"><h1 class="item_name">電気ケトル 1.0L ホワイト</h1><table><tr><td><span class="price_label">メーカー希望小売価格</span> <span class="double_price">6,980円</span></td></tr><tr><td><span class="price2">4,980円</span> <span class="tax_postage">税込、送料別</span></td></tr></table><p>45ポイント(1倍)</p><p>送料 660円</p><p>在庫あり</p><button>買い物かごに入れる</button><p>商品番号：kt-100w</p><p>JANコード：4901234567894</p><p>メーカー：さくら電機</p><p>型番：SK-1000</p></div>`,
      { title: '電気ケトル 1.0L ホワイト：ショップ', lang: 'ja' },
    ),
    expected: {
      price: '4980 JPY',
      availability: 'InStock',
      shipping: '660 JPY',
      sku: 'kt-100w',
      gtin: '4901234567894',
      mpn: 'SK-1000',
      brand: 'さくら電機',
    },
  },
  {
    name: 'Tmall-like: Chinese, promotion price, stock',
    url: 'https://detail.mall.example.cn/item.htm?id=5512345678',
    html: framed(
      `<div class="tb-property"><h1>不锈钢电热水壶 1.5L</h1><dl class="tm-price-panel"><dt>价格</dt><dd><em>¥</em><span class="tm-price">199.00</span></dd></dl><dl class="tm-promo-panel"><dt>促销价</dt><dd><em>¥</em> <span class="tm-price">129.00</span></dd></dl><dl><dt>运费</dt><dd>快递: 10.00</dd></dl><dl><dt>库存</dt><dd>有货</dd></dl><a class="J_LinkBasket" href="#">加入购物车</a><ul id="J_AttrUL"><li>品牌: 小水滴</li><li>型号: XS-15</li></ul></div>`,
      { title: '不锈钢电热水壶 1.5L-商城', lang: 'zh-CN' },
    ),
    expected: { price: '129.00 CNY', availability: 'InStock', brand: '小水滴', mpn: 'XS-15' },
  },
  {
    name: 'Coupang-like: Korean, base price and sale price',
    url: 'https://www.mall.example.kr/vp/products/700123456',
    html: framed(
      `<div class="prod-atf"><h2 class="prod-buy-header__title">무선 전기포트 1.7L</h2><div class="prod-price"><span class="discount-rate">30%</span><span class="origin-price">39,900원</span><span class="total-price"><strong>27,900<span class="price-unit">원</span></strong></span><span class="unit-price">(1개당 27,900원)</span></div><div class="prod-shipping-fee-message">배송비 2,500원</div><button class="prod-cart-btn">장바구니 담기</button><button class="prod-buy-btn">바로구매</button><ul><li>상품번호: 700123456</li></ul></div>`,
      { title: '무선 전기포트 1.7L - 몰', lang: 'ko' },
    ),
    expected: { price: '27900 KRW', availability: 'InStock', shipping: '2500 KRW', sku: '700123456' },
  },
  {
    name: 'Wildberries-like: Russian, final price in ins, wallet price',
    url: 'https://www.yagoda.example.ru/catalog/12345678/detail.aspx',
    html: framed(
      `<div class="product-page"><div class="product-page__header"><span class="hide-mobile">Чайхана</span><h1 class="product-page__title">Чайник электрический 1,7 л</h1></div><div class="price-block"><p class="price-block__price-wrap"><span class="price-block__price"><ins class="price-block__final-price">2 490 ₽</ins></span><del class="price-block__old-price"><span>4 990 ₽</span></del></p></div><p>Артикул: <span id="productNmId">12345678</span></p><p class="sold-out-product__text hide">Нет в наличии</p><button class="btn-main">Добавить в корзину</button></div>`,
      { title: 'Чайник электрический 1,7 л - Ягода', lang: 'ru' },
    ),
    expected: { price: '2490 RUB', listPrice: '4990 RUB', availability: 'InStock', sku: '12345678' },
  },
  {
    name: 'Trendyol-like: Turkish, two prices',
    url: 'https://www.moda.example.com.tr/p-123456789',
    html: framed(
      `<div class="product-detail-container"><h1 class="pr-new-br"><a href="/su">Su</a> <span>Çelik Su Isıtıcı 1.7 L</span></h1><div class="product-price-container"><span class="prc-org">1.299 TL</span><span class="prc-dsc">899,90 TL</span></div><p>Son 30 günün en düşük fiyatı!</p><button class="add-to-basket"><div class="add-to-basket-button-text">Sepete Ekle</div></button><ul class="detail-attr"><li><span>Marka</span><b>Su</b></li><li><span>Stok Kodu</span><b>SU-17C</b></li></ul></div>`,
      { title: 'Çelik Su Isıtıcı 1.7 L Fiyatı', lang: 'tr' },
    ),
    expected: { price: '899.90 TRY', listPrice: '1299 TRY', availability: 'InStock', sku: 'SU-17C', brand: 'Su' },
  },
  {
    name: 'Flipkart-like: Indian, M.R.P., per cent off, EMI',
    url: 'https://www.dukan.example.in/kettle/p/itm1',
    html: framed(
      `<div class="_1YokD2"><h1 class="yhB1nd"><span class="B_NuCI">Electric kettle 1.5 L</span></h1><div class="_2a2K"><div class="dyC4hf"><div class="CEmiEU"><div class="_25b18c"><div class="_30jeq3 _16Jk6d">₹1,099</div><div class="_3I9_wc _2p6lqe">₹<!-- -->1,999</div><div class="_3Ay6Sb _31Dcoz"><span>45% off</span></div></div></div></div></div><div>No cost EMI from ₹184/month</div><div>Bank Offer: 10% off up to ₹750 on orders of ₹5,000</div><button class="_2KpZ6l _2U9uOA">Add to cart</button></div>`,
      { title: 'Electric kettle 1.5 L - Dukan' },
    ),
    expected: { price: '1099 INR', availability: 'InStock' },
  },
  {
    name: 'Noon-like: Arabic, digits of its own, right to left',
    url: 'https://www.souq.example.sa/ar/p/N1234567',
    html: framed(
      `<div dir="rtl"><h1>غلاية كهربائية ١٫٧ لتر</h1><div class="priceOld"><span>كان:</span> <del>١٩٩٫٠٠ ر.س.</del></div><div class="priceNow"><span>الآن:</span> <strong>١٤٩٫٠٠ ر.س.</strong> <span>شامل الضريبة</span></div><div>وفرت: ٥٠٫٠٠ ر.س. (٪٢٥)</div><p class="stock">متوفر</p><button>أضف إلى السلة</button></div>`,
      { title: 'غلاية كهربائية ١٫٧ لتر | سوق', lang: 'ar' },
    ),
    expected: { price: '149.00 SAR', listPrice: '199.00 SAR', availability: 'InStock' },
  },
];
