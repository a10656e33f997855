import { describe, expect, it } from 'vitest';
import { findSearch } from './find-search.ts';

const find = (html: string) => findSearch(html, 'https://shop.example/en/');
const jsonLd = (data: unknown) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
const website = (target: unknown) =>
  jsonLd({
    '@type': 'WebSite',
    potentialAction: { '@type': 'SearchAction', target, 'query-input': 'required name=q' },
  });

describe("a shop's search", () => {
  it.each([
    ['as a template', website('https://shop.example/find?q={search_term_string}')],
    ['as an entry point', website({ '@type': 'EntryPoint', urlTemplate: 'https://shop.example/find?q={q}' })],
    [
      'inside a graph',
      jsonLd({
        '@graph': [
          {
            '@type': 'WebSite',
            potentialAction: [{ '@type': ['SearchAction'], target: '/find?q={search_term_string}' }],
          },
        ],
      }),
    ],
  ])('is what the page declares to search engines, %s', (_, html) => {
    expect(find(html)).toBe('/find?q={query}');
  });

  it.each([
    ['the search box', '<form action="/suche"><input type="search" name="begriff"></form>', '/suche?begriff={query}'],
    ['a form that says it searches', '<form role="search" action="find"><input name="x"></form>', '/en/find?x={query}'],
    [
      'a box with a telling name',
      '<form action="/"><input type="text" name="search_query"></form>',
      '/?search_query={query}',
    ],
    [
      'hidden fields beside it',
      '<form action="/?lang=en"><input type="hidden" name="post_type" value="product"><input type="search" name="s"></form>',
      '/?lang=en&post_type=product&s={query}',
    ],
    [
      'what its only box says to people',
      '<form action="/finden"><input type="text" name="was" placeholder="Was suchen Sie?"><button>Los</button></form>',
      '/finden?was={query}',
    ],
    ['what its button says', '<form action="/l"><input name="k"><button>検索</button></form>', '/l?k={query}'],
    ['the form of this page itself', '<form><input type="search" name="q"></form>', '/en/?q={query}'],
    [
      'the second form, when the first is another one',
      '<form action="/login" method="post"><input name="q"></form><form action="/news"><input type="email" name="q"></form><form action="/s"><input name="q"></form>',
      '/s?q={query}',
    ],
  ])('is found by %s', (_, html, search) => {
    expect(find(html)).toBe(search);
  });

  it.each([
    ['posts', '<form method="post" action="/s"><input type="search" name="q"></form>'],
    ['lies on another host', '<form action="https://search.example/"><input type="search" name="q"></form>'],
    ['asks for something else', '<form action="/subscribe"><input name="email"></form>'],
    ['asks for a name to send news to', '<form action="/news"><input name="name" placeholder="Your name"></form>'],
    ['is not there', '<p>Welcome</p>'],
    ['is declared elsewhere', website('https://elsewhere.example/?q={search_term_string}')],
  ])('is not known when it %s', (_, html) => {
    expect(find(html)).toBeNull();
  });
});
