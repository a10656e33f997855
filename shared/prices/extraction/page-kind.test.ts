import { describe, expect, it } from 'vitest';
import { extractOffer } from './extract-offer.ts';

const URL = 'https://shop.example/p/1';
const PRODUCT =
  '<h1>Steel kettle 1.7 l</h1><p class="price">$39.99</p><p class="stock">In stock</p><button>Add to cart</button>';

function kindOf(html: string, url = URL): string {
  return extractOffer(html, url).kind;
}

describe('the kind of a page', () => {
  it.each([
    [
      'Cloudflare',
      '<title>Just a moment...</title><h1>shop.example</h1><p>Checking your browser before accessing. 5 seconds</p><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>',
    ],
    [
      'Akamai',
      '<title>Access Denied</title><h1>Access Denied</h1>You don\'t have permission to access "http://shop.example/p/1" on this server.<p>Reference #18.2d351ab8.1557333295.a4e16ab',
    ],
    [
      'PerimeterX',
      '<title>Human verification</title><div id="px-captcha"></div><p>Press & Hold to confirm you are a human (and not a bot). In stock alerts: $0.00</p>',
    ],
    [
      'DataDome',
      '<html><body><script>var dd={"host":"geo.captcha-delivery.com"}</script><p>Please enable JS and disable any ad blocker</p></body></html>',
    ],
    [
      'Amazon',
      "<title>Amazon.com</title><h4>Enter the characters you see below</h4><p>Sorry, we just need to make sure you're not a robot. Price $1.00</p>",
    ],
    [
      'Incapsula',
      '<html><iframe src="//content.incapsula.com/_Incapsula_Resource?SWUDNSAI=9"></iframe>Request unsuccessful.</html>',
    ],
    ['an own page', '<h1>429 Too Many Requests</h1><p>Sold out of patience. Try again later.</p>'],
  ])('is "block" behind the bot wall of %s, and nothing is read from it', (_wall, html) => {
    const { kind, offer } = extractOffer(html, URL);
    expect(kind).toBe('block');
    expect(offer).toMatchObject({ price: null, availability: null, title: null });
  });

  it.each([
    [
      'Google',
      '<title>Before you continue</title><h1>Before you continue to Google</h1><form action="https://consent.google.com/save"><button>Accept all</button></form>',
    ],
    [
      'a German shop',
      '<title>shop.example</title><h1>Bevor Sie fortfahren</h1><p>Wir verwenden Cookies. Das Abo kostet 2,99 € im Monat.</p><button>Zustimmen</button>',
    ],
  ])('is "consent" at the consent wall of %s', (_wall, html) => {
    expect(kindOf(html)).toBe('consent');
  });

  it.each([
    'No results found for "kettel"',
    'Your search did not match any products.',
    'Keine Ergebnisse für „Wasserkocherr“',
    'Aucun résultat pour « bouilloir »',
    'По вашему запросу ничего не найдено',
    '「ケトル」に該当する商品が見つかりませんでした',
  ])('is "empty" when it says: %s', (phrase) => {
    const popular = '<h2>Popular now</h2><div class="card"><a href="/p/1">Kettle</a><b class="price">$9.00</b></div>';
    const { kind, offer } = extractOffer(`<title>Search</title><h1>${phrase}</h1>${popular}`, 'https://shop.example/s');
    expect(kind).toBe('empty');
    expect(offer.price).toBeNull();
  });

  it('is "list" for repeated cards, and no price of one of them is taken', () => {
    const cards = [1, 2, 3, 4, 5]
      .map(
        (n) =>
          `<li class="product-card"><a href="/p/${n}"><h3>Kettle ${n} model</h3></a><span class="price">$${n}0.00</span><button>Add to cart</button></li>`,
      )
      .join('');
    const { kind, offer } = extractOffer(
      `<title>Kettles | Shop</title><h1>Kettles</h1><ul>${cards}</ul>`,
      'https://shop.example/kettles',
    );
    expect(kind).toBe('list');
    expect(offer.price).toBeNull();
  });

  it('is "product" for a product, whatever stands around it', () => {
    expect(kindOf(PRODUCT)).toBe('product');
    expect(
      kindOf(`${PRODUCT}<script src="https://www.google.com/recaptcha/api.js"></script><p>We value your privacy</p>`),
    ).toBe('product');
    const offers =
      '<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Captcha, the board game</b><i itemprop="sku">G-1</i></div>';
    expect(kindOf(`<title>Captcha</title>${offers}`)).toBe('product');
  });

  it('is "unknown" for what sells nothing', () => {
    expect(kindOf('<title>About us</title><h1>About us</h1><p>We have made kettles since 1904.</p>')).toBe('unknown');
    expect(kindOf('')).toBe('unknown');
  });
});
