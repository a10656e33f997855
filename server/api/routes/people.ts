import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { deletionReceiptSchema, exportedShopperSchema } from '../../../shared/api/people.ts';
import { idSchema } from '../../../shared/api/values.ts';
import { deleteShopper } from '../../people/delete-shopper.ts';
import { exportShopper } from '../../people/export-shopper.ts';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { access, type DeviceAccess } from '../route-access.ts';
import { shopperInQuery } from '../shopper-of-request.ts';

const READ: DeviceAccess = { class: 'device', scope: 'recommendations:read' };
/** Everybody may read and write for public shoppers; only a key or the operator may delete one. */
const DELETE: DeviceAccess = { class: 'device', scope: 'events:write', publicToo: false };

const whose = z.object({ user_id: idSchema().describe('The shopper.').meta({ example: '123' }) });

const exportRoute = createRoute({
  method: 'get',
  path: '/me/export',
  operationId: 'exportShopper',
  ...access(READ),
  tags: ['People'],
  summary: 'All that the server keeps of a shopper, as one JSON document',
  description: 'A file to keep: events, watches, the device, recommendations that were asked for as jobs.',
  request: { query: whose },
  responses: {
    200: {
      description: 'The shopper’s data',
      headers: z.object({ 'content-disposition': z.string().describe('A name for the file.') }),
      ...jsonBody(exportedShopperSchema),
    },
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/me',
  operationId: 'deleteShopper',
  ...access(DELETE),
  tags: ['People'],
  summary: 'Delete all that the server keeps of a shopper, for good',
  description:
    'Events and what is counted from them, watches, the device, recommendations that were asked for as jobs, and the shopper’s factors in trained models. What arrives of the shopper afterwards is refused. Asking again is safe. A public shopper is deleted by a key or the operator only.',
  request: { query: whose },
  responses: {
    200: { description: 'What was deleted', ...jsonBody(deletionReceiptSchema) },
  },
});

export function peopleRoutes(
  app: OpenAPIHono,
  { gate, store, queue, modelsDir }: Pick<ApiParts, 'gate' | 'store' | 'queue' | 'modelsDir'>,
): void {
  // Not by `app.openapi`, whose types know no JSON that is streamed.
  app.openAPIRegistry.registerPath(exportRoute);
  const exported = gate.shopperBefore(app, exportRoute, shopperInQuery);
  app.get(exportRoute.getRoutingPath(), async (c) => {
    const userId = exported(c);
    const pieces = exportShopper({ store, queue }, userId);
    // The first piece is read before the answer begins, so that a store that is away is said in its status. An error in the
    // middle ends the connection: half a document does not pass for a whole one.
    const first = await pieces.next();
    const all = ReadableStream.from(startingWith(first.value ?? '', pieces));
    return new Response(all.pipeThrough(new TextEncoderStream()), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="magpie-data.json"',
        'cache-control': 'private, no-store',
      },
    });
  });

  const deleted = gate.shopperBefore(app, deleteRoute, shopperInQuery);
  app.openapi(deleteRoute, async (c) => {
    const receipt = await deleteShopper({ store, queue, modelsDir }, deleted(c));
    return c.json(receipt, 200, { 'cache-control': 'private, no-store' });
  });
}

async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}
