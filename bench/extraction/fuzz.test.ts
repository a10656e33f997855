import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkPage } from './check-page.ts';
import { mutatedPages } from './mutated-pages.ts';

const PRODUCT = `<!doctype html><html lang="en-GB"><head><title>Steel kettle 1.7 l | Shop</title><base href="/x/">
<meta property="og:type" content="product"><meta property="product:price:amount" content="39.99"><meta name="description" content="for £39.99">
<script type="application/ld+json">{"@graph":[{"@type":"Product","@id":"#p","name":"Steel kettle 1.7 l","sku":"K-17","brand":{"name":"Acme"},"image":["/k.jpg"],
"aggregateRating":{"ratingValue":4.5,"reviewCount":3},"offers":[{"@type":"Offer","price":"39.99","priceCurrency":"GBP","availability":"InStock","url":"/p/1"}]}]}</script>
<script type="application/json" id="__NEXT_DATA__">{"p":{"name":"Steel kettle 1.7 l","price":{"value":39.99},"variants":[{"price":3999}]}}</script>
<script>fbq('track','ViewContent',{value: 39.99, currency: 'GBP'}); window.state = {title: "Steel kettle 1.7 l", sku: 'K-17'};</script></head>
<body><div class="product" itemscope itemtype="https://schema.org/Product" itemref="more"><h1 itemprop="name">Steel kettle 1.7 l</h1><p class="price"><del>£49.99</del> <b>£39</b><sup>99</sup> -20%</p>
<p>SKU: K-17</p><table><tr><th>Brand</th><td>Acme</td></tr></table><p class="stock">In stock</p><button class="btn">Add to basket</button></div><i id="more" itemprop="mpn">M1</i>
<div vocab="http://schema.org/" typeof="Product"><i property="name">Steel kettle</i><a rel="offers" href="#o">o</a></div></body></html>`;
const LIST = `<title>Kettles</title><h1>Kettles</h1><ul>${[1, 2, 3, 4, 5]
  .map(
    (n) =>
      `<li class="card"><a href="/p/${n}"><img data-src="/${n}.jpg"><h3>Kettle ${n} model</h3></a><s>$${n}9.00</s> <b class="price">$${n}5.00</b></li>`,
  )
  .join('')}</ul>`;

it('survives pages with random injuries', () => {
  fc.assert(
    fc.property(mutatedPages([PRODUCT, LIST]), (html) => {
      expect(checkPage(html, 'https://shop.example/p/1').fault).toBeNull();
    }),
    { numRuns: 400, seed: 17 },
  );
});
