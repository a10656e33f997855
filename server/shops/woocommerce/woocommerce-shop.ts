import type { FetchResult } from '../../fetch/fetcher.ts';
import type { CandidateOffer, ShopAdapter, ShopContext } from '../shop-adapter.ts';
import { UnreadablePageError } from '../shop-error.ts';
import { candidateOf, type StoreProduct, storeProductSchema } from './store-api.ts';
import type { WooCommerceDeclaration } from './woocommerce-declaration.ts';

/** A product is 2–10 kB, most of it its description. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Further pages are asked for only where a page held goods without a price. */
const MAX_PAGES = 3;

/** A WooCommerce shop through its Store API, which is public and needs no key. */
export function openWooCommerceShop(declaration: WooCommerceDeclaration): ShopAdapter {
  const endpoint = `${declaration.url.replace(/\/+$/, '')}/wp-json/wc/store/v1/products`;

  async function products(parameters: Record<string, string>, context: ShopContext) {
    const url = `${endpoint}?${new URLSearchParams(parameters)}`;
    const answer = await context.fetcher.fetch(url, {
      purpose: 'api',
      accept: 'application/json',
      locale: context.locale,
      signal: context.signal,
      maxBytes: MAX_ANSWER_BYTES,
      ...(declaration.pace.min_delay_ms !== undefined && { minDelayMs: declaration.pace.min_delay_ms }),
    });
    return { products: readProducts(answer), nPages: Number(answer.headers['x-wp-totalpages'] ?? 1) };
  }

  return {
    id: declaration.id,
    name: declaration.name,

    async *search(query, context) {
      let left = context.limit;
      for (let page = 1; page <= MAX_PAGES && left > 0; page += 1) {
        const answer = await products({ search: query, per_page: String(context.limit), page: String(page) }, context);
        for (const product of answer.products) {
          const candidate = candidateOf(product);
          if (candidate === null) continue;
          yield candidate;
          left -= 1;
          if (left === 0) return;
        }
        if (page >= answer.nPages) return;
      }
    },

    async offer(url, context): Promise<CandidateOffer | null> {
      const slug = new URL(url).pathname.split('/').filter(Boolean).at(-1);
      if (slug === undefined) return null;
      const answer = await products({ slug: decodeURIComponent(slug) }, context);
      const product = answer.products.find(({ permalink }) => samePage(permalink, url));
      return product === undefined ? null : candidateOf(product);
    },
  };
}

function samePage(a: string, b: string): boolean {
  const [left, right] = [new URL(a), new URL(b)];
  return left.host === right.host && left.pathname.replace(/\/$/, '') === right.pathname.replace(/\/$/, '');
}

/** @throws UnreadablePageError for an answer that is no list of products. A single product that is odd is left out. */
function readProducts(answer: FetchResult): StoreProduct[] {
  const rows = parseRows(answer);
  const products = rows.flatMap((row) => {
    const parsed = storeProductSchema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  if (rows.length > 0 && products.length === 0) throw notStoreApi(answer, 'none of its products could be read');
  return products;
}

function parseRows(answer: FetchResult): unknown[] {
  let rows: unknown;
  try {
    rows = JSON.parse(answer.text());
  } catch {
    throw notStoreApi(answer, 'the answer is not JSON');
  }
  if (!Array.isArray(rows)) throw notStoreApi(answer, 'the answer is not a list');
  return rows;
}

function notStoreApi(answer: FetchResult, what: string): UnreadablePageError {
  return new UnreadablePageError('unreadable', `The WooCommerce Store API could not be read: ${what}.`, answer.url);
}
