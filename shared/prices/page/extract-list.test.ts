import { describe, expect, it } from 'vitest';
import { extractList } from './extract-list.ts';
import { Page } from './page.ts';

const URL = 'https://shop.example/search?q=kettle';

function cards(count: number, card: (n: number) => string): string {
  return Array.from({ length: count }, (_, index) => card(index + 1)).join('');
}

describe('extractList', () => {
  it('takes neither the line of a fee for the name nor the fee for the price', () => {
    const html = `<main>${cards(
      5,
      (n) =>
        `<article><a href="/p/lampe-${n}"><div><img alt="Lampe Alpha ${n}" src="/${n}.jpg"></div><p>Lampe Alpha ${n}</p><p>4${n},50 €</p><p>dont éco-part. 0,12 €</p></a></article>`,
    )}</main>`;
    const offers = extractList(new Page(html, URL));
    expect(offers[0]).toMatchObject({ title: 'Lampe Alpha 1', price: { amount: '41.50', currency: 'EUR' } });
  });

  it('finds the repeated cards with title, link, price and picture', () => {
    const html = `<h1>Results for kettle</h1><nav><a href="/sale">Sale from $5.00</a></nav><ul class="product-grid">${cards(
      6,
      (
        n,
      ) => `<li class="product-card"><a href="/p/kettle-${n}"><img src="/spin.gif" data-src="/img/${n}.jpg" alt="Kettle ${n}"></a>
        <h3><a href="/p/kettle-${n}">Kettle model ${n}</a></h3><span class="price">$${n}9.90</span>
        <a href="/cart/add?id=${n}">Add to cart</a></li>`,
    )}</ul>`;
    const offers = extractList(new Page(html, URL));
    expect(offers).toHaveLength(6);
    expect(offers[1]).toEqual({
      title: 'Kettle model 2',
      url: 'https://shop.example/p/kettle-2',
      price: { amount: '29.90', currency: 'USD' },
      image: 'https://shop.example/img/2.jpg',
    });
  });

  it('takes the asked one of several amounts on a card', () => {
    const html = cards(
      4,
      (
        n,
      ) => `<div class="item"><a class="name" href="/p/${n}">Toaster number ${n}</a><del>£${n}9.00</del> <b>£${n}5.00</b>
        <small>£1.25 / 100 g</small><i class="saving">save £4.00</i></div>`,
    );
    expect(extractList(new Page(html, URL)).map(({ price }) => price?.amount)).toEqual([
      '15.00',
      '25.00',
      '35.00',
      '45.00',
    ]);
  });

  it('keeps cards without a price: what is sold out is listed too', () => {
    const html = cards(
      5,
      (n) =>
        `<article class="tile"><a href="/p/${n}"><h2>Lamp number ${n}</h2></a>${n === 3 ? 'Sold out' : `<p>${n}9,95 €</p>`}</article>`,
    );
    const offers = extractList(new Page(html, URL));
    expect(offers).toHaveLength(5);
    expect(offers[2]).toMatchObject({ title: 'Lamp number 3', price: null });
  });

  it('reads cards that are links themselves, and rows of tables', () => {
    const linked = cards(
      3,
      (n) => `<a class="p" href="/p/${n}"><span class="t-title">Chair ${n} oak</span><span>kr ${n}99,-</span></a>`,
    );
    expect(extractList(new Page(linked, 'https://butikk.example.no/sok')).map(({ title }) => title)).toEqual([
      'Chair 1 oak',
      'Chair 2 oak',
      'Chair 3 oak',
    ]);
    const rows = `<table>${cards(3, (n) => `<tr><td><a href="/p/${n}">Cable ${n} m</a></td><td>${n}.50 USD</td></tr>`)}</table>`;
    expect(extractList(new Page(rows, URL)).map(({ price }) => price?.amount)).toEqual(['1.50', '2.50', '3.50']);
  });

  it('prefers the list that the page describes, and fills its prices from the cards', () => {
    const list = {
      '@context': 'https://schema.org',
      '@type': 'ItemList',
      itemListElement: [1, 2, 3].map((n) => ({
        '@type': 'ListItem',
        position: n,
        item: { '@type': 'Product', name: `Desk ${n}, described`, url: `/p/${n}`, image: `/d${n}.jpg` },
      })),
    };
    const html = `<script type="application/ld+json">${JSON.stringify(list)}</script>${cards(
      3,
      (n) => `<div class="c"><a href="/p/${n}?ref=list">Desk ${n}</a><p>$${n}00.00</p></div>`,
    )}`;
    expect(extractList(new Page(html, URL))[0]).toEqual({
      title: 'Desk 1, described',
      url: 'https://shop.example/p/1',
      price: { amount: '100.00', currency: 'USD' },
      image: 'https://shop.example/d1.jpg',
    });
  });

  it('obeys declared selectors, and reads the page itself where these find nothing', () => {
    const html = cards(
      3,
      (n) => `<div class="r"><a href="/x/${n}">${n}</a><q data-name="Part ${n}"></q><u>12.${n}0 EUR</u></div>`,
    );
    const list = { item: '.r', title: { selector: 'q', attribute: 'data-name' }, price: 'u' };
    expect(extractList(new Page(html, URL), { list })[2]).toEqual({
      title: 'Part 3',
      url: 'https://shop.example/x/3',
      price: { amount: '12.30', currency: 'EUR' },
      image: null,
    });
    const named = cards(3, (n) => `<div class="r"><a href="/x/${n}">Part number ${n}</a><u>12.${n}0 EUR</u></div>`);
    expect(extractList(new Page(named, URL), { list: { item: '.gone' } })).toHaveLength(3);
  });

  it('reads raised cents at a declared selector, which stand there without a separator', () => {
    const html = cards(3, (n) => `<div class="r"><a href="/x/${n}">Part ${n}</a><q><i>${n}</i><sup>05</sup></q></div>`);
    const prices = extractList(new Page(html, URL), { list: { item: '.r', price: 'q' } }).map(
      ({ price }) => price?.amount,
    );
    expect(prices).toEqual(['1.05', '2.05', '3.05']);
  });

  it('finds nothing on pages without repeated cards', () => {
    expect(extractList(new Page('<h1>Steel kettle</h1><p>$39.99</p><a href="/">Home</a>', URL))).toEqual([]);
    expect(extractList(new Page('', URL))).toEqual([]);
  });
});
