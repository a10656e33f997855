import type { Availability, Condition, ExtractedOffer } from '../../offer.ts';

/** A page in the manner of one platform or theme, and what a reader sees on it; fields that are left out are not checked. */
export interface ShopPage {
  name: string;
  url: string;
  html: string;
  expected: {
    /** `12.50 EUR`; the currency alone may be missing: `12.50 -`. null: no price is told. */
    price?: string | null;
    listPrice?: string | null;
    shipping?: string | null;
    availability?: Availability | null;
    condition?: Condition | null;
    title?: string;
    sku?: string | null;
    mpn?: string | null;
    gtin?: string | null;
    brand?: string | null;
    rating?: NonNullable<ExtractedOffer['rating']> | null;
    nVariants?: number;
    kind?: string;
  };
}

export interface Frame {
  title: string;
  lang?: string;
  head?: string;
  /** Stands between header and product: sliders, teasers, bars. */
  above?: string;
  /** Stands after the product. */
  below?: string;
}

/** A product part with what surrounds it on nearly every shop page: bars, menus, a mini cart, other products, a footer. */
export function framed(main: string, { title, lang = 'en', head = '', above = '', below = '' }: Frame): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>
${above}${main}${below}</body></html>`;
}

/** An English shop's frame with amounts that are not the product's. */
export function noise(sign: string): Pick<Frame, 'above' | 'below'> {
  return {
    above: `<div class="announcement-bar"><p>Free delivery over ${sign}50</p></div>
<header class="site-header"><a href="/">Shop</a><nav class="main-nav"><ul><li><a href="/new">New</a></li><li><a href="/under-20">Under ${sign}20</a></li></ul></nav>
<div class="mini-cart"><span class="count">1</span> item <span class="price">${sign}17.00</span><ul><li><a href="/p/9">Old lamp</a> <span class="amount">${sign}17.00</span></li></ul><a class="button checkout" href="/checkout">Checkout</a></div></header>
<nav class="breadcrumb"><a href="/">Home</a> / <a href="/c/home">Home goods</a></nav>`,
    below: `<section class="related products"><h2>You may also like</h2><ul>
<li class="product"><a href="/p/2"><h3>Garden chair</h3></a><span class="price">${sign}89.00</span><button>Add to cart</button></li>
<li class="product"><a href="/p/3"><h3>Side table</h3></a><span class="price"><del>${sign}60.00</del> <ins>${sign}45.00</ins></span><span class="badge">Sold out</span></li>
<li class="product"><a href="/p/4"><h3>Table lamp</h3></a><span class="price">${sign}29.00</span></li></ul></section>
<section id="reviews"><h2>Reviews</h2><p>Worth every penny, I paid ${sign}10.00 less elsewhere.</p></section>
<footer><p>Delivery from ${sign}3.95. Returns within 30 days.</p><p>Gift cards from ${sign}10.00</p></footer>`,
  };
}
