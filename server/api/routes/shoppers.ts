import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { shoppersSchema } from '../../../shared/api/shoppers.ts';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { access } from '../route-access.ts';

const route = createRoute({
  method: 'get',
  path: '/shoppers',
  operationId: 'getPublicShoppers',
  ...access({ class: 'public' }),
  tags: ['Recommendations'],
  summary: 'The public shoppers, whose recommendations need no key',
  description: 'Invented shoppers, open to everyone. No other shopper is ever listed.',
  responses: { 200: { description: 'How many there are, and from which id to which', ...jsonBody(shoppersSchema) } },
});

export function shopperRoutes(app: OpenAPIHono, { store }: ApiParts): void {
  app.openapi(route, async (c) =>
    c.json({ public: await store.publicShoppers.range() }, 200, { 'cache-control': 'no-cache' }),
  );
}
