import { describe, expect, it } from 'vitest';
import type { QuotedPrice } from '../../offer.ts';
import { decide } from '../model/decide.ts';
import { rank } from '../model/rank.ts';
import { Page } from '../page.ts';
import { visiblePrice } from './visible-price-extractor.ts';

/** The price and the list price that the visible text alone is read to show. */
function read(body: string, url = 'https://shop.example/p/1'): { price: QuotedPrice | null; listPrice: string | null } {
  const votes = visiblePrice.vote(new Page(`<title>Steel kettle 1.7 l</title><body>${body}`, url));
  const cast = votes.map((vote) => ({ source: 'visible-price', vote }));
  return {
    price: rank('price', cast)[0]?.value ?? null,
    listPrice: rank('listPrice', cast)[0]?.value.amount ?? null,
  };
}

const TITLE = '<h1>Steel kettle 1.7 l</h1>';
const RELATED = `<section class="related-products"><h2>You may also like</h2>${['$9.99', '$15.00', '$149.00']
  .map((price) => `<div class="card"><a href="/p/x"><h3>Other</h3><span class="price">${price}</span></a></div>`)
  .join('')}</section>`;

describe('the price that stands where a reader looks for it', () => {
  it('is the amount after the heading, not that of other products', () => {
    expect(read(`${TITLE}<p class="price">$39.99</p><button>Add to cart</button>${RELATED}`).price).toEqual({
      amount: '39.99',
      currency: 'USD',
    });
  });

  it.each([
    ['12.50 lari', 'GEL'],
    ['Ksh 1,200', 'KES'],
    ['12 birr', 'ETB'],
    ['Tk 500', 'BDT'],
    ['12 manat', 'AZN'],
    ['12 zloty', 'PLN'],
    ['12 KM', 'BAM'],
  ])('is known by every mark that the price reader knows: "%s"', (text, currency) => {
    expect(read(`${TITLE}<p>${text}</p><button>Add to cart</button>`).price?.currency).toBe(currency);
  });

  it('is none where a mark has the case of another word', () => {
    expect(read(`${TITLE}<p>12 km</p><button>Add to cart</button>`).price).toBeNull();
  });

  it('is none where all amounts stand under a heading of what others bought', () => {
    const others = `<div><h2>Customers who viewed this item also viewed</h2><ul><li><a href="/p/2">Other</a><span>$199.00</span></li></ul></div>`;
    const page = new Page(`<title>Steel kettle 1.7 l</title><body><div>${TITLE}</div>${others}`, '');
    const votes = visiblePrice.vote(page).map((vote) => ({ source: 'visible-price', vote }));
    expect(decide(votes).price).toBeNull();
  });

  it('is that of one purchase, not of a subscription that saves so many per cent', () => {
    const choices = `<label>One-time purchase <span>$54.99</span></label><label>Subscribe &amp; save 35% <span>$35.74</span></label>`;
    expect(read(`${TITLE}${choices}<button>Add to cart</button>`)).toMatchObject({
      price: { amount: '54.99' },
      listPrice: null,
    });
  });

  it('has its raised cents where currency and whole stand in blocks of their own', () => {
    expect(read(`${TITLE}<div><div>$</div><div>79</div><sup>95</sup></div><button>Add to cart</button>`).price).toEqual(
      {
        amount: '79.95',
        currency: 'USD',
      },
    );
  });

  it('is the lower end of a range, though the upper is repeated as the price of a kilogram', () => {
    const range = `<p class="price"><b>8,90 €</b> – <b>31,90 €</b></p><p class="price price-unit"><b>31,90 €</b> / kg</p>`;
    expect(read(`${TITLE}${range}<button>In den Warenkorb</button>`).price?.amount).toBe('8.90');
  });

  it('has the only currency of the page, be it that of an empty cart or of an instalment', () => {
    const bare = `${TITLE}<p class="price"><b class="now">1’299.–</b> <span class="old">statt 1’899.–</span></p><button>Kaufen</button>`;
    expect(read(`<div>Warenkorb CHF 0.00</div>${bare}`)).toEqual({
      price: { amount: '1299', currency: 'CHF' },
      listPrice: '1899',
    });
    expect(read(`${bare}<p>ab CHF 54.15 / Monat</p>`).price?.currency).toBe('CHF');
    expect(read(bare).price?.currency).toBeNull();
  });

  it('is the sale price of a WooCommerce page, whose old price is deleted text', () => {
    const amount = (price: string): string =>
      `<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">£</span>${price}</bdi></span>`;
    const html = `<div class="product type-product instock sale shipping-taxable"><div class="summary entry-summary">
      <h1 class="product_title entry-title">Steel kettle 1.7 l</h1>
      <p class="price"><del aria-hidden="true">${amount('59.00')}</del> <ins aria-hidden="true">${amount('44.50')}</ins></p>
      <form class="cart"><button class="single_add_to_cart_button button alt">Add to basket</button></form></div></div>`;
    expect(read(html)).toEqual({ price: { amount: '44.50', currency: 'GBP' }, listPrice: '59.00' });
  });

  it('is the final price of a Magento page', () => {
    const html = `<div class="product-info-main">${TITLE}<div class="product-info-price"><div class="price-box price-final_price">
      <span class="special-price"><span class="price-container price-final_price tax weee"><span class="price-label">Special Price</span>
      <span data-price-amount="79.9" data-price-type="finalPrice" class="price-wrapper"><span class="price">79,90 €</span></span></span></span>
      <span class="old-price"><span class="price-container price-final_price tax weee"><span class="price-label">Regular Price</span>
      <span data-price-amount="99" data-price-type="oldPrice" class="price-wrapper"><span class="price">99,00 €</span></span></span></span>
      </div></div><button class="action primary tocart">In den Warenkorb</button></div>`;
    expect(read(html)).toEqual({ price: { amount: '79.90', currency: 'EUR' }, listPrice: '99.00' });
  });

  it('is the regular price of a Shopify page without a sale, whatever its class is named', () => {
    const html = `<div class="product__info-container">${TITLE}<div class="price price--large"><div class="price__container">
      <div class="price__regular"><span class="visually-hidden">Regular price</span>
      <span class="price-item price-item--regular">$24.00 USD</span></div></div></div>
      <div class="product__tax">Tax included. <a href="/policies/shipping-policy">Shipping</a> calculated at checkout.</div>
      <button name="add" class="product-form__submit button">Add to cart</button></div>`;
    expect(read(html).price).toEqual({ amount: '24.00', currency: 'USD' });
  });

  it('joins whole and minor units that stand in elements of their own', () => {
    const html = `${TITLE}<div id="corePrice"><span class="a-price" data-a-size="xl"><span class="a-offscreen">$24.99</span>
      <span aria-hidden="true"><span class="a-price-symbol">$</span><span class="a-price-whole">24<span class="a-price-decimal">.</span></span><span class="a-price-fraction">99</span></span></span>
      <span class="basisPrice">List Price: <span class="a-price a-text-price" data-a-strike="true"><span class="a-offscreen">$31.99</span></span></span></div>
      <input type="submit" id="add-to-cart-button" value="Add to Cart">`;
    expect(read(html)).toEqual({ price: { amount: '24.99', currency: 'USD' }, listPrice: '31.99' });
    expect(read(`${TITLE}<div class="px"><b>$12</b><sup>95</sup></div>`).price?.amount).toBe('12.95');
    expect(read(`${TITLE}<div class="pris"><b>12</b><sup>95</sup> €</div>`).price?.amount).toBe('12.95');
    expect(read(`${TITLE}<div class="price"><span>€</span><span>1 299</span><span>00</span></div>`).price?.amount).toBe(
      '1299.00',
    );
  });

  it('is not the shipping, the instalment, the saving, nor the price per kilogram', () => {
    const html = `${TITLE}<div class="offer"><div class="unit-price">12,90 €/kg</div><span class="price-current">6,45 €</span>
      <span>oder 3 Raten à 2,15 €</span><span class="you-save">Sie sparen 1,50 €</span><div class="delivery">Versand 4,95 €</div></div>`;
    expect(read(html, 'https://laden.example/de-de/p/1').price).toEqual({ amount: '6.45', currency: 'EUR' });
  });

  it('is the lower of two unmarked prices that differ by the discount shown beside them', () => {
    const html = `${TITLE}<div><span class="x1">-20%</span><span class="x2">£50.00</span><span class="x3">£40.00</span></div>`;
    expect(read(html)).toEqual({ price: { amount: '40.00', currency: 'GBP' }, listPrice: '50.00' });
    const sizes = `${TITLE}<div><span class="x2">£50.00</span><span class="x3">£40.00</span></div>`;
    expect(read(sizes).listPrice).toBeNull();
  });

  it('keeps two amounts of one element apart, each with its currency', () => {
    const html = `${TITLE}<p><i>€</i><s>19.99</s> <i>€</i><b>14.99</b></p>`;
    expect(read(html)).toEqual({ price: { amount: '14.99', currency: 'EUR' }, listPrice: '19.99' });
  });

  it('is an amount without a currency when the markup names it a price, and then has none', () => {
    expect(read(`${TITLE}<span data-test="product-price">136</span>`).price).toEqual({ amount: '136', currency: null });
    expect(read(`${TITLE}<span>136</span>`).price).toBeNull();
  });

  it('takes the currency of the country for a shared sign', () => {
    expect(read(`${TITLE}<p class="precio">$ 12.990</p>`, 'https://tienda.example.cl/p/1').price).toEqual({
      amount: '12990',
      currency: 'CLP',
    });
  });

  it('prefers what the page describes itself with', () => {
    const html = `<meta name="description" content="Steel kettle for 42,50 zł at our shop">${TITLE}
      <div class="a">Zestaw 49,90 zł</div><div class="b">42,50 zł</div>`;
    expect(read(html).price?.amount).toBe('42.50');
  });

  it('is read in prose after its label', () => {
    const html = `${TITLE}<p>Hand-made in the valley, a kettle for life and for every stove. Price: 35.00 EUR including VAT, plus postage</p>`;
    expect(read(html).price).toEqual({ amount: '35.00', currency: 'EUR' });
  });

  it.each([
    ['Bitrix', '<div class="product-item-detail-price-current">1 299 руб.</div>', '1299'],
    [
      'PrestaShop',
      '<div class="current-price"><span class="current-price-value" content="19.12">19,12 €</span></div>',
      '19.12',
    ],
    ['OpenCart', '<ul class="list-unstyled"><li><h2>$602.00</h2></li><li>Ex Tax: $500.00</li></ul>', '602.00'],
    [
      'VTEX',
      '<span class="vtex-product-price-1-x-sellingPriceValue"><span>R$</span>&nbsp;<span class="x-currencyInteger">1</span><span>.</span><span class="x-currencyInteger">299</span><span>,</span><span class="x-currencyFraction">90</span></span>',
      '1299.90',
    ],
    [
      'Mercado Libre',
      '<span class="andes-money-amount"><span class="andes-money-amount__currency-symbol">R$</span><span class="andes-money-amount__fraction">189</span><span class="andes-money-amount__cents">90</span></span>',
      '189.90',
    ],
    ['Rakuten', '<span class="price2">2,980円</span><span>(税込)</span>', '2980'],
    ['Allegro', '<div aria-label="cena 54.99 zł"><span>54,</span><span>99</span> <span>zł</span></div>', '54.99'],
    ['Ozon', '<span class="c3z">1 190 ₽</span>', '1190'],
    ['Coolblue', '<strong class="sales-price__current">1.099,-</strong>', '1099'],
    ['Digitec', '<span>CHF 1’249.–</span>', '1249'],
    ['Flipkart', '<div class="_30jeq3">₹1,29,999</div>', '129999'],
    ['Shopee', '<div class="pqTWkA">Rp125.000</div>', '125000'],
  ])('reads the markup of %s', (_platform, markup, amount) => {
    expect(read(`${TITLE}${markup}<button>Add to cart</button>${RELATED}`).price?.amount ?? null).toBe(amount);
  });
});
