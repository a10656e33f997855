import { expect, it } from 'vitest';
import { parseHtml } from '../parse-html.ts';
import { readOpenGraph } from './open-graph.ts';

it('readOpenGraph keeps order and repeats, and names the namespaces used', () => {
  const html = `<head prefix="shop: https://shop.example/ns#"><meta property="og:title" content="Kettle">
    <meta property="og:image" content="a.jpg"><meta property="og:image" content="b.jpg"><meta property="shop:stars" content="5">
    <meta property="fb:app_id" content="1"><meta name="og:type" content="x"><meta property="og:empty"></head>`;
  expect(readOpenGraph(parseHtml(html))).toEqual({
    namespace: { og: 'http://ogp.me/ns#', shop: 'https://shop.example/ns#' },
    properties: [
      ['og:title', 'Kettle'],
      ['og:image', 'a.jpg'],
      ['og:image', 'b.jpg'],
      ['shop:stars', '5'],
    ],
  });
  expect(readOpenGraph(parseHtml('<title>x</title>'))).toBeNull();
});
