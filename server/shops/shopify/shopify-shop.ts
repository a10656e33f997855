import { identifyingGtin } from '../../../shared/prices/matching/gtin.ts';
import { isRelevant } from '../../../shared/prices/relevance/relevance.ts';
import { FetchError } from '../../fetch/fetch-error.ts';
import type { CandidateOffer, ShopAdapter, ShopContext } from '../shop-adapter.ts';
import { askApi, notUnderstood, parseJson } from '../shop-api.ts';
import { UnreadablePageError } from '../shop-error.ts';
import {
  candidateOfSuggestion,
  candidateOfVariant,
  cartSchema,
  chooseVariant,
  type Product,
  productSchema,
  type SuggestedProduct,
  suggestedProductSchema,
  suggestionsSchema,
} from './ajax-api.ts';
import type { ShopifyDeclaration } from './shopify-declaration.ts';

const API = 'Shopify Ajax API';
/** The most that `suggest.json` gives; it has no second page. */
const MAX_SUGGESTIONS = 10;
/** Products whose variants, stock and barcode are asked for, one request each. */
const MAX_PRODUCTS_READ = 6;
/** Products that have not come after this share of the shop's time are left: what the search said then stands. */
const READING_SHARE = 0.6;
/** The currency depends on the visitor's country, which changes seldom. */
const CURRENCY_FRESH_MS = 60 * 60 * 1000;
/** The documented answer of a shop in a language that predictive search does not know. */
const UNSUPPORTED_LANGUAGE = 417;

/** A Shopify shop through the API that its own pages use: public, without a key, in the visitor's currency. */
export function openShopifyShop(declaration: ShopifyDeclaration): ShopAdapter {
  const root = declaration.url.replace(/\/+$/, '');
  let known: { currency: string; freshUntilMs: number } | null = null;

  const ask = (path: string, context: ShopContext) =>
    askApi(`${root}${path}`, declaration, context, { locale: context.locale });

  /** The currency of every amount: the amounts themselves name none. */
  async function currencyOf(context: ShopContext): Promise<string> {
    if (known !== null && performance.now() < known.freshUntilMs) return known.currency;
    const currency = await askCurrency(context);
    known = { currency, freshUntilMs: performance.now() + CURRENCY_FRESH_MS };
    return currency;
  }

  async function askCurrency(context: ShopContext): Promise<string> {
    try {
      const cart = cartSchema.safeParse(parseJson(await ask('/cart.js', context), API));
      if (cart.success) return cart.data.currency;
    } catch (error) {
      context.signal.throwIfAborted();
      if (!isShopFault(error)) throw error;
      if (declaration.currency === undefined) throw error;
    }
    if (declaration.currency !== undefined) return declaration.currency;
    throw notUnderstood(API, 'its cart names no currency, so the declaration has to name it as "currency"', root);
  }

  async function suggest(query: string, context: ShopContext): Promise<SuggestedProduct[]> {
    const parameters = new URLSearchParams({
      q: query,
      'resources[type]': 'product',
      'resources[limit]': String(Math.min(context.limit, MAX_SUGGESTIONS)),
      ...(identifyingGtin(query) !== null && { 'resources[options][fields]': 'variants.barcode' }),
    });
    const answer = await ask(`/search/suggest.json?${parameters}`, context).catch(explain);
    const parsed = suggestionsSchema.safeParse(parseJson(answer, API));
    if (!parsed.success) throw notUnderstood(API, 'the answer has no list of products', answer.url);
    const rows = parsed.data.resources.results.products;
    const products = rows.flatMap((row) => suggestedProductSchema.safeParse(row).data ?? []);
    if (rows.length > 0 && products.length === 0) {
      throw notUnderstood(API, 'none of its products could be read', answer.url);
    }
    return products;
  }

  /** Null for what is not there (any more). */
  async function readProduct(handle: string, context: ShopContext): Promise<Product | null> {
    try {
      const answer = await ask(`/products/${encodeURIComponent(handle)}.js`, context);
      const parsed = productSchema.safeParse(parseJson(answer, API));
      if (!parsed.success) throw notUnderstood(API, 'the answer is no product', answer.url);
      return parsed.data;
    } catch (error) {
      if (error instanceof FetchError && error.status === 404) return null;
      throw error;
    }
  }

  return {
    id: declaration.id,
    name: declaration.name,

    /** First what the search says, then again, and replacing it, what each product adds: variant, stock and GTIN. */
    async *search(query, context): AsyncGenerator<CandidateOffer> {
      const enough = AbortSignal.timeout(declaration.timeout_ms * READING_SHARE);
      const [products, currency] = await Promise.all([suggest(query, context), currencyOf(context)]);
      const found: { handle: string; candidate: CandidateOffer }[] = [];
      for (const product of products) {
        const candidate = candidateOfSuggestion(product, { shopUrl: root, currency });
        if (candidate === null) continue;
        yield candidate;
        found.push({ handle: product.handle, candidate });
      }
      const isGtin = identifyingGtin(query) !== null;
      const worthReading = found
        .filter(({ candidate }) => isGtin || isRelevant(query, candidate))
        .sort((a, b) => a.candidate.price.minor - b.candidate.price.minor)
        .slice(0, MAX_PRODUCTS_READ);
      const inTime = { ...context, signal: AbortSignal.any([context.signal, enough]) };
      for (const { handle, candidate } of worthReading) {
        if (enough.aborted) break;
        try {
          const product = await readProduct(handle, inTime);
          const variant = product && chooseVariant(product, query);
          const read = product && variant && candidateOfVariant(product, variant, { url: candidate.url, currency });
          if (read) yield read;
        } catch (error) {
          // What the search said of this product stands.
          context.signal.throwIfAborted();
          if (!isShopFault(error)) throw error;
        }
      }
    },

    async offer(url, context) {
      const page = new URL(url);
      const handle = /\/products\/([^/]+)\/?$/.exec(page.pathname)?.[1];
      if (handle === undefined) return null;
      const product = await readProduct(decodeURIComponent(handle), context);
      if (product === null) return null;
      const id = Number(page.searchParams.get('variant'));
      const variant = product.variants.find((candidate) => candidate.id === id) ?? chooseVariant(product, '');
      if (variant === undefined) return null;
      return candidateOfVariant(product, variant, { url, currency: await currencyOf(context) });
    },
  };
}

function isShopFault(error: unknown): boolean {
  return error instanceof FetchError || error instanceof UnreadablePageError;
}

function explain(error: unknown): never {
  if (error instanceof FetchError && error.status === UNSUPPORTED_LANGUAGE) {
    const what = 'it does not search in this shop\'s language, so declare the shop as "html" with its search page';
    throw notUnderstood(API, what, error.url);
  }
  throw error;
}
