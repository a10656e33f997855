import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { LRUCache } from 'lru-cache';
import {
  MAX_PRODUCT_OFFSET,
  type Product,
  type ProductList,
  productDetailSchema,
  productListSchema,
  productsQuerySchema,
} from '../../../shared/api/products.ts';
import { idSchema } from '../../../shared/api/values.ts';
import { toWireMoney } from '../../../shared/prices/money/money.ts';
import type { ImageLinks } from '../../images/image-links.ts';
import type { ProductRecord } from '../../store/store.ts';
import { decodeCursor, encodeCursor, unknownCursor } from '../cursor.ts';
import { KeptJson } from '../json-answers.ts';
import { jsonBody, problemAnswer } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access } from '../route-access.ts';

/** Pages of searches that are kept: of some 20 kB each, with their compressed form. */
const MAX_PAGES_KEPT = 500;

/** How many similar products a product's page shows. */
const N_SIMILAR = 12;

const listRoute = createRoute({
  method: 'get',
  path: '/products',
  operationId: 'searchProducts',
  ...access({ class: 'public' }),
  tags: ['Products'],
  summary: 'Search the catalogue',
  request: { query: productsQuerySchema },
  responses: {
    200: { description: 'One page of products, and how many each category has', ...jsonBody(productListSchema) },
  },
});

const detailRoute = createRoute({
  method: 'get',
  path: '/products/{id}',
  operationId: 'getProduct',
  ...access({ class: 'public' }),
  tags: ['Products'],
  summary: 'One product, its price history and products like it',
  request: { params: z.object({ id: idSchema().describe('Id of the product.').meta({ example: '85123A' }) }) },
  responses: {
    200: { description: 'The product', ...jsonBody(productDetailSchema) },
    404: problemAnswer('No such product'),
  },
});

function offsetOf(cursor: string): number {
  const offset = decodeCursor(cursor);
  if (!/^\d{1,6}$/.test(offset) || Number(offset) > MAX_PRODUCT_OFFSET) throw unknownCursor();
  return Number(offset);
}

function toWireProduct(product: ProductRecord, imageLinks: ImageLinks): Product {
  return {
    product_id: product.id,
    title: product.title,
    brand: product.brand,
    category: product.category,
    description: product.description,
    gtin: product.gtin,
    image: imageLinks.pathTo(product.image),
    list_price: product.listPrice && toWireMoney(product.listPrice),
  };
}

export function productRoutes(app: OpenAPIHono, { limits, store, recommender, imageLinks }: ApiParts): void {
  const kept = new LRUCache<string, KeptJson<ProductList>>({ max: MAX_PAGES_KEPT });

  app.openapi(listRoute, async (c) => {
    await limits.take(c, 'searches');
    const { query, category, limit, cursor, ...given } = c.req.valid('query');
    const offset = cursor === undefined ? given.offset : offsetOf(cursor);
    // Asked before the search, so that what is kept is never older than its version.
    const version = await store.products.version();
    const question = JSON.stringify([version, query, category, limit, offset]);
    const page =
      kept.get(question) ??
      new KeptJson(await pageOf({ query, limit, offset, ...(category !== undefined && { category }) }));
    kept.set(question, page);
    return page.send(c, { 'cache-control': 'no-cache' }, { tagged: true });
  });

  async function pageOf(search: Parameters<typeof store.products.search>[0]): Promise<ProductList> {
    const [{ items, total }, categories] = await Promise.all([
      store.products.search(search),
      store.products.categories(search.query),
    ]);
    const end = search.offset + items.length;
    const isLast = items.length === 0 || end >= total || end > MAX_PRODUCT_OFFSET;
    return {
      items: items.map((product) => toWireProduct(product, imageLinks)),
      total,
      categories,
      next: isLast ? null : encodeCursor(String(end)),
    };
  }

  app.openapi(detailRoute, async (c) => {
    await limits.take(c, 'searches');
    const { id } = c.req.valid('param');
    const product = await store.products.get(id);
    if (product === null) {
      throw new ProblemError({
        title: 'No such product',
        status: 404,
        detail: `There is no product "${id}".`,
        action: 'Search for it: GET /products?query=…',
      });
    }
    const [history, similar] = await Promise.all([store.prices.history(id), recommender.similar(id, N_SIMILAR)]);
    return c.json(
      {
        ...toWireProduct(product, imageLinks),
        history: history.map((seen) => ({
          shop: seen.shop,
          price: toWireMoney(seen.price),
          availability: seen.availability,
          observed_at: seen.observedAt.toISOString(),
        })),
        similar: similar.map((other) => toWireProduct(other, imageLinks)),
      },
      200,
      { 'cache-control': 'no-cache' },
    );
  });
}
