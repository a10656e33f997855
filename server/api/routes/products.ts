import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  MAX_PRODUCT_OFFSET,
  type Product,
  productDetailSchema,
  productListSchema,
  productsQuerySchema,
} from '../../../shared/api/products.ts';
import { idSchema } from '../../../shared/api/values.ts';
import { toWireMoney } from '../../../shared/prices/money/money.ts';
import type { ImageLinks } from '../../images/image-links.ts';
import type { ProductRecord } from '../../store/store.ts';
import { decodeCursor, encodeCursor, unknownCursor } from '../cursor.ts';
import { jsonBody, problemAnswer } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access } from '../route-access.ts';

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
  app.openapi(listRoute, async (c) => {
    await limits.take(c, 'searches');
    const { query, category, limit, cursor, ...given } = c.req.valid('query');
    const offset = cursor === undefined ? given.offset : offsetOf(cursor);
    const [page, categories] = await Promise.all([
      store.products.search({ query, limit, offset, ...(category === undefined ? {} : { category }) }),
      store.products.categories(query),
    ]);
    const end = offset + page.items.length;
    const isLast = page.items.length === 0 || end >= page.total || end > MAX_PRODUCT_OFFSET;
    return c.json(
      {
        items: page.items.map((product) => toWireProduct(product, imageLinks)),
        total: page.total,
        categories,
        next: isLast ? null : encodeCursor(String(end)),
      },
      200,
      { 'cache-control': 'no-cache' },
    );
  });

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
