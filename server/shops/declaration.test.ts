import { describe, expect, it } from 'vitest';
import { DeclarationError, parseDeclaration } from './declaration.ts';

const minimal = {
  id: 'my-shop',
  name: 'My Shop',
  adapter: 'html',
  url: 'https://shop.example',
  search: '/s?q={query}',
};

const parse = (declaration: unknown) => parseDeclaration(JSON.stringify(declaration), 'shops/my-shop.json');

function errorOf(declaration: unknown): string {
  try {
    parse(declaration);
  } catch (error) {
    expect(error).toBeInstanceOf(DeclarationError);
    return (error as Error).message;
  }
  throw new Error('the declaration was accepted');
}

describe('a shop declaration', () => {
  it('needs id, name, adapter, url and search, and has a default for the rest', () => {
    expect(parse(minimal)).toEqual({
      ...minimal,
      locale: 'en',
      pace: {},
      selectors: {},
      render: false,
      timeout_ms: 8000,
      max_candidates: 10,
      enabled: true,
    });
  });

  it('may leave the search to a platform', () => {
    const { search: _, ...shop } = minimal;
    expect(parse({ ...shop, adapter: 'woocommerce' })).toMatchObject({ adapter: 'woocommerce' });
  });

  it.each([
    ['an id with spaces', { id: 'My Shop' }, 'id: expected 1 to 40 lower-case letters'],
    ['an address without protocol', { url: 'shop.example' }, 'url: expected an http or https address'],
    ['an address with a password', { url: 'https://a:b@shop.example' }, 'url: expected an http or https address'],
    ['a file address', { url: 'file:///etc/passwd' }, 'url: expected an http or https address'],
    ['a search without {query}', { search: '/search?q=' }, 'search: expected the path'],
    ['a search on another host', { search: '//elsewhere.example/?q={query}' }, 'search: expected the path'],
    ['no search', { search: undefined }, 'search: expected the path'],
    [
      'an unknown adapter',
      { adapter: 'telepathy' },
      'adapter: expected one of "ebay-browse", "feed", "html", "magento", "shopify", "woocommerce"',
    ],
    ['a language that is none', { locale: 'not a language' }, 'locale: expected a language tag'],
    ['a currency sign', { currency: '€' }, 'currency: expected an ISO 4217 code'],
    [
      'a float for shipping',
      { currency: 'EUR', shipping: { amount: 4.9 } },
      'shipping.amount: expected an amount as text',
    ],
    [
      'a country by its name in one of several rules',
      { currency: 'EUR', shipping: [{ amount: '4.90' }, { amount: '9.90', to: ['Austria'] }] },
      'shipping[1].to[0]: expected ISO 3166 country codes',
    ],
    ['text for shipping', { currency: 'EUR', shipping: '4.90' }, 'shipping: expected an object such as'],
    [
      'shipping in no currency',
      { shipping: { amount: '4.90' } },
      'currency: expected the currency of the shipping rule',
    ],
    ['a misspelt key', { curency: 'EUR' }, 'a declaration has no "curency"'],
    ['a misspelt inner key', { pace: { min_delay: 5 } }, 'pace has no "min_delay"'],
    ['too many candidates', { max_candidates: 1000 }, 'max_candidates: expected a whole number from 1 to 50'],
  ])('with %s is refused by file, path and what is expected', (_, change, expected) => {
    const message = errorOf({ ...minimal, ...change });
    expect(message).toMatch(/^shops\/my-shop\.json cannot be used: /);
    expect(message).toContain(expected);
  });

  it('with several faults is told all of them at once', () => {
    const message = errorOf({ ...minimal, id: 'A', url: 'x' });
    expect(message).toContain('id: ');
    expect(message).toContain('url: ');
  });

  it('that is no JSON is refused by file', () => {
    expect(() => parseDeclaration('{', 'shops/broken.json')).toThrow(/^shops\/broken\.json is not JSON: /);
  });
});
