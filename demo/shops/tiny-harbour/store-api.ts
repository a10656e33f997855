import type { Context, Hono } from 'hono';
import type { ShopItem } from '../profile.ts';
import { type Quote, quoteOn } from '../quote.ts';
import { reviewsOf } from '../reviews.ts';
import type { ShopCatalogue } from '../shop-catalogue.ts';
import { slugOf } from '../wording.ts';
import { profile } from './profile.ts';

const API = '/wp-json/wc/store/v1';
/** The API's own default and limits: `per_page` is from 1 to 100. */
const DEFAULT_PER_PAGE = 10;
const MAX_PER_PAGE = 100;
const LOW_STOCK = 2;

/**
 * The product part of the WooCommerce Store API, as far as a price comparison uses it: lists with `search`, `slug`, `page` and
 * `per_page`, single products by id, paging headers, errors in WordPress's form.
 * Source: https://developer.woocommerce.com/docs/apis/store-api/resources-endpoints/products/
 */
export function serveStoreApi(site: Hono, catalogue: ShopCatalogue, now: () => Date): void {
  const toJson = (item: ShopItem, c: Context) =>
    storeProduct(item, quoteOn(profile, item.product, now()), new URL(c.req.url).origin);

  site.get('/wp-json/', (c) =>
    c.json({
      name: profile.name,
      description: 'A demo shop',
      namespaces: ['oembed/1.0', 'wp/v2', 'wc/store', 'wc/store/v1'],
    }),
  );
  site.get(`${API}/products`, (c) => {
    const perPage = wholeNumber(c.req.query('per_page'), DEFAULT_PER_PAGE);
    if (perPage === null || perPage > MAX_PER_PAGE) {
      return invalidParameter(c, 'per_page', `per_page must be between 1 (inclusive) and ${MAX_PER_PAGE} (inclusive)`);
    }
    const page = wholeNumber(c.req.query('page'), 1);
    if (page === null) return invalidParameter(c, 'page', 'page must be greater than or equal to 1');
    const found = select(catalogue, c.req.query('search'), c.req.query('slug'));
    const pages = Math.ceil(found.length / perPage);
    c.header('X-WP-Total', String(found.length));
    c.header('X-WP-TotalPages', String(pages));
    const links = [page > 1 && link(c, page - 1, 'prev'), page < pages && link(c, page + 1, 'next')].filter(
      (value) => value !== false,
    );
    if (links.length > 0) c.header('Link', links.join(', '));
    return c.json(found.slice((page - 1) * perPage, page * perPage).map((item) => toJson(item, c)));
  });
  site.get(`${API}/products/:id{\\d+}`, (c) => {
    const item = catalogue.byNumber(Number(c.req.param('id')));
    return item
      ? c.json(toJson(item, c))
      : restError(c, 404, 'woocommerce_rest_product_invalid_id', 'Invalid product ID.');
  });
  site.get('/wp-json/*', (c) =>
    restError(c, 404, 'rest_no_route', 'No route was found matching the URL and request method.'),
  );
}

function select(catalogue: ShopCatalogue, search: string | undefined, slugs: string | undefined): readonly ShopItem[] {
  const found = search === undefined ? catalogue.items : catalogue.find(search);
  if (slugs === undefined) return found;
  const wanted = slugs.split(',');
  return found.filter((item) => wanted.includes(slugOf(item.title)));
}

function storeProduct(item: ShopItem, { priceMinor, regularMinor, stock }: Quote, origin: string) {
  const { product } = item;
  const opinion = reviewsOf(`${profile.id}/${product.modelKey}`, ['']);
  const image = `${origin}/wp-content/uploads/2026/03/${product.id}.svg`;
  const category = {
    id: 15,
    name: htmlText(product.category),
    slug: slugOf(product.category),
    link: `${origin}/product-category/${slugOf(product.category)}/`,
  };
  return {
    id: item.number,
    name: htmlText(item.title),
    slug: slugOf(item.title),
    parent: 0,
    type: 'simple',
    variation: '',
    permalink: `${origin}${profile.path(item)}`,
    sku: `TH-${item.number}`,
    short_description: `<p>${htmlText(product.description.split('. ')[0] ?? '')}.</p>`,
    description: `<p>${htmlText(product.description)}</p>`,
    on_sale: regularMinor !== null,
    prices: {
      price: String(priceMinor),
      regular_price: String(regularMinor ?? priceMinor),
      sale_price: String(priceMinor),
      price_range: null,
      currency_code: 'USD',
      currency_symbol: '$',
      currency_minor_unit: 2,
      currency_decimal_separator: '.',
      currency_thousand_separator: ',',
      currency_prefix: '$',
      currency_suffix: '',
    },
    average_rating: String(opinion.average),
    review_count: opinion.nReviews,
    images: [{ id: item.number + 1, src: image, thumbnail: image, srcset: '', sizes: '', name: product.id, alt: '' }],
    categories: [category],
    tags: [],
    brands: [
      {
        id: 1,
        name: htmlText(product.brand),
        slug: slugOf(product.brand),
        link: `${origin}/brand/${slugOf(product.brand)}/`,
      },
    ],
    attributes: [],
    variations: [],
    has_options: false,
    is_purchasable: true,
    is_in_stock: stock !== 'sold-out',
    is_on_backorder: stock === 'back-order' || stock === 'pre-order',
    low_stock_remaining: stock === 'few-left' ? LOW_STOCK : null,
    sold_individually: false,
    add_to_cart: {
      text: 'Add to cart',
      description: `Add to cart: &ldquo;${htmlText(item.title)}&rdquo;`,
      url: `?add-to-cart=${item.number}`,
    },
    extensions: {},
  };
}

/** WordPress answers HTML, with typographic marks as numbers (`wptexturize`). */
function htmlText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('–', '&#8211;')
    .replaceAll('"', '&#8243;')
    .replaceAll(/['’]/g, '&#8217;');
}

/** A whole number from 1, the fallback when there is none, null when it is something else. */
function wholeNumber(text: string | undefined, fallback: number): number | null {
  if (text === undefined) return fallback;
  return /^[1-9]\d*$/.test(text) ? Number(text) : null;
}

function link(c: Context, page: number, rel: string): string {
  const url = new URL(c.req.url);
  url.searchParams.set('page', String(page));
  return `<${url.href}>; rel="${rel}"`;
}

const restError = (c: Context, status: 400 | 404, code: string, message: string, params?: object) =>
  c.json({ code, message, data: { status, ...params } }, status);

const invalidParameter = (c: Context, name: string, message: string) =>
  restError(c, 400, 'rest_invalid_param', `Invalid parameter(s): ${name}`, { params: { [name]: message } });
