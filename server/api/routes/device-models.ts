import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { deviceModelSchema, productCardsSchema } from '../../../shared/api/device-model.ts';
import { idSchema } from '../../../shared/api/values.ts';
import { DeviceModels } from '../../recommendations/device-models.ts';
import { toProductCard, toWireDeviceModel } from '../device-models-wire.ts';
import { jsonBody, problemAnswer } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access } from '../route-access.ts';

/** The path names the version, and a version never changes. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Asked again each time, and answered with 304 where nothing has changed. */
const REVALIDATED = 'no-cache';

const version = z.object({
  version: idSchema().describe('As `GET /models/current` gives it.').meta({ example: '20261122T081500-3f2a' }),
});
const tensors = {
  'application/octet-stream': { schema: z.string().meta({ format: 'binary', description: 'A safetensors file.' }) },
};

const currentRoute = createRoute({
  method: 'get',
  path: '/models/current',
  operationId: 'getDeviceModel',
  ...access({ class: 'public' }),
  tags: ['Recommendations'],
  summary: 'What a device downloads to recommend by itself',
  responses: {
    200: { description: 'The current model', ...jsonBody(deviceModelSchema) },
    404: problemAnswer('There is no model, or it is too large for a device'),
  },
});

const itemFactorsRoute = createRoute({
  method: 'get',
  path: '/models/{version}/item-factors',
  operationId: 'getItemFactors',
  ...access({ class: 'public' }),
  tags: ['Recommendations'],
  summary: 'The item factors of the current model',
  description: 'A safetensors file without users: whoever downloads it learns nothing of any shopper.',
  request: { params: version },
  responses: {
    200: { description: 'A safetensors file', content: tensors },
    404: problemAnswer('This version is not the current one'),
  },
});

const productsRoute = createRoute({
  method: 'get',
  path: '/models/{version}/products',
  operationId: 'getModelProducts',
  ...access({ class: 'public' }),
  tags: ['Recommendations'],
  summary: 'What is shown of the current model’s items',
  request: { params: version },
  responses: {
    200: { description: 'Titles, pictures, list prices', ...jsonBody(productCardsSchema) },
    404: problemAnswer('This version is not the current one'),
  },
});

const interactionsRoute = createRoute({
  method: 'get',
  path: '/models/{version}/interactions',
  operationId: 'getPublicInteractions',
  ...access({ class: 'public' }),
  tags: ['Recommendations'],
  summary: 'Public interactions that a device may train on',
  description: 'Those of the public shoppers, who are invented, by number. What a person did is never handed out.',
  request: { params: version },
  responses: {
    200: { description: 'A safetensors file', content: tensors },
    404: problemAnswer('This version is not the current one, or there is nothing public'),
  },
});

/** Everything that a device needs to recommend without this server. */
export function deviceModelRoutes(app: OpenAPIHono, { store, imageLinks, recommender }: ApiParts): void {
  const models = new DeviceModels(store, () => recommender.currentModel());

  app.openapi(currentRoute, async (c) => {
    const current = await models.current();
    if (current === null) {
      throw new ProblemError({
        title: 'There is no model for devices',
        status: 404,
        detail: 'None has been trained yet, or the current one has more items than a device should carry.',
        action: 'Ask GET /recommendations, which the server answers by itself.',
      });
    }
    return c.json(toWireDeviceModel(current), 200, { 'cache-control': REVALIDATED });
  });

  app.openapi(itemFactorsRoute, async (c) =>
    file(await models.itemFactors(c.req.valid('param').version), c.req.valid('param').version),
  );
  app.openapi(interactionsRoute, async (c) =>
    file(await models.interactions(c.req.valid('param').version), c.req.valid('param').version),
  );

  app.openapi(productsRoute, async (c) => {
    const { version } = c.req.valid('param');
    const products = await models.products(version);
    if (products === null) throw notCurrent(version);
    const items = products.map((product) => toProductCard(product, imageLinks));
    return c.json({ items }, 200, { 'cache-control': REVALIDATED });
  });
}

function file(bytes: Uint8Array<ArrayBuffer> | null, version: string): Response {
  if (bytes === null) throw notCurrent(version);
  return new Response(bytes, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.byteLength),
      'cache-control': IMMUTABLE,
    },
  });
}

function notCurrent(version: string): ProblemError {
  return new ProblemError({
    title: 'This is not the current model',
    status: 404,
    detail: `The server hands out nothing of this kind for the version "${version}".`,
    action: 'Ask GET /models/current for the version that it does.',
  });
}
