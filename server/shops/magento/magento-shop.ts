import { z } from 'zod';
import type { ShopAdapter, ShopContext } from '../shop-adapter.ts';
import { askApi, notUnderstood, parseJson } from '../shop-api.ts';
import type { MagentoDeclaration } from './magento-declaration.ts';
import {
  byUrlKeyQuery,
  candidateOf,
  type MagentoProduct,
  magentoProductSchema,
  productUrl,
  searchQuery,
} from './products-query.ts';

const API = 'Magento GraphQL API';
/** Further pages are asked for only where a page held goods without a price. */
const MAX_PAGES = 3;

/**
 * Errors come with status 200, and beside what could be answered.
 * Source: https://developer.adobe.com/commerce/webapi/graphql/usage/api-response/
 */
const answerSchema = z.object({
  errors: z.array(z.object({ message: z.string() })).catch([]),
  data: z
    .object({
      products: z
        .object({
          items: z.array(z.unknown()).nullable(),
          page_info: z.object({ total_pages: z.int().nonnegative() }),
        })
        .nullable()
        .catch(null),
    })
    .nullable()
    .catch(null),
});

/** A Magento shop through its GraphQL API, which is public and needs no key. */
export function openMagentoShop(declaration: MagentoDeclaration): ShopAdapter {
  const root = declaration.url.replace(/\/+$/, '');

  /** Asked with GET, which shops answer from their page cache. */
  async function products(query: string, variables: object, context: ShopContext) {
    const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    const answer = await askApi(`${root}/graphql?${parameters}`, declaration, context, {
      locale: context.locale,
      headers: declaration.store === undefined ? {} : { store: declaration.store },
    });
    const parsed = answerSchema.safeParse(parseJson(answer, API));
    const { errors, data } = parsed.data ?? { errors: [], data: null };
    const found = data?.products ?? null;
    if (found === null) {
      const [error] = errors;
      const what = error ? `it says "${error.message.slice(0, 200)}"` : 'the answer has no list of products';
      throw notUnderstood(API, what, answer.url);
    }
    const rows = found.items ?? [];
    const items: MagentoProduct[] = rows.flatMap((row) => magentoProductSchema.safeParse(row).data ?? []);
    if (rows.length > 0 && items.length === 0) {
      throw notUnderstood(API, 'none of its products could be read', answer.url);
    }
    return { items, nPages: found.page_info.total_pages };
  }

  return {
    id: declaration.id,
    name: declaration.name,

    async *search(words, context) {
      const query = searchQuery(declaration.gtin_attribute);
      let left = context.limit;
      for (let page = 1; page <= MAX_PAGES && left > 0; page += 1) {
        const { items, nPages } = await products(query, { words, pageSize: context.limit, page }, context);
        for (const item of items) {
          const candidate = candidateOf(item, root);
          if (candidate === null) continue;
          yield candidate;
          left -= 1;
          if (left === 0) return;
        }
        // A page beyond the last is an error to Magento.
        if (page >= nPages) return;
      }
    },

    async offer(url, context) {
      const name = new URL(url).pathname.split('/').filter(Boolean).at(-1);
      if (name === undefined) return null;
      const last = decodeURIComponent(name);
      const keys = [...new Set([last, last.replace(/\.[a-z]+$/, '')])];
      const { items } = await products(byUrlKeyQuery(declaration.gtin_attribute), { keys }, context);
      const item = items.find((candidate) => isPage(candidate, url, root)) ?? items[0];
      const candidate = item === undefined ? null : candidateOf(item, root);
      return candidate === null ? null : { ...candidate, url };
    },
  };
}

function isPage(product: MagentoProduct, url: string, root: string): boolean {
  return new URL(productUrl(product, root)).pathname === new URL(url).pathname;
}
