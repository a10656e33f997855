import { describe, expect, it } from 'vitest';
import { parseHtml } from '../parse-html.ts';
import { readMicrodata } from './microdata.ts';

const BASE = 'https://shop.example/p/1';
const read = (html: string, base: string | null = BASE) => readMicrodata(parseHtml(html), base);

describe('readMicrodata', () => {
  it('reads items, nested items and repeated properties', () => {
    const html = `<div itemscope itemtype="https://schema.org/Product" itemid="#p"><h1 itemprop="name">Steel <b>kettle</b></h1>
      <i itemprop="color">red</i><i itemprop="color">blue</i>
      <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><b itemprop="price" content="39.99">$39.99</b></div></div>`;
    expect(read(html)).toEqual([
      {
        type: ['https://schema.org/Product'],
        id: 'https://shop.example/p/1#p',
        properties: {
          name: ['Steel kettle'],
          color: ['red', 'blue'],
          offers: [{ type: ['https://schema.org/Offer'], properties: { price: ['39.99'] } }],
        },
      },
    ]);
  });

  it('takes the value from the attribute that the element keeps it in', () => {
    const html = `<div itemscope><meta itemprop="a" content="1"><a itemprop="b" href="x">y</a><img itemprop="c" src="/i.png">
      <data itemprop="d" value="4">four</data><time itemprop="e" datetime="2024-01-01">New Year</time>
      <link itemprop="f" href=" http://schema.org/InStock "></div>`;
    expect(read(html)[0]?.properties).toEqual({
      a: ['1'],
      b: ['https://shop.example/p/x'],
      c: ['https://shop.example/i.png'],
      d: ['4'],
      e: ['2024-01-01'],
      f: ['http://schema.org/InStock'],
    });
    expect(read(html, null)[0]?.properties.b).toEqual(['x']);
  });

  it('follows itemref, keeps document order and cuts cycles', () => {
    const html = `<p id="before" itemprop="name">first</p><div id="self" itemscope itemref="after before self"><b itemprop="name">own</b></div>
      <p id="after"><i itemprop="name">last</i></p>`;
    expect(read(html)[0]?.properties.name).toEqual(['first', 'own', 'last']);
    const cycle =
      '<div id="a" itemscope itemprop="x" itemref="b"></div><div id="b" itemscope itemref="a"><i itemprop="y">1</i></div>';
    expect(() => read(cycle)).not.toThrow();
  });

  it('gives an item without properties its text', () => {
    expect(
      read('<div itemscope><span itemprop="brand" itemscope itemtype="https://schema.org/Brand">Acme</span></div>'),
    ).toEqual([{ properties: { brand: [{ type: ['https://schema.org/Brand'], properties: {}, value: 'Acme' }] } }]);
  });

  it('leaves out scripts and styles, and starts new lines at blocks', () => {
    const html =
      '<div itemscope><div itemprop="d"><p>One</p><style>p{}</style><p>two <script>x()</script>three</p></div></div>';
    expect(read(html)[0]?.properties.d).toEqual(['One\ntwo three']);
  });
});
