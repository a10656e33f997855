import type { OpenAPIHono } from '@hono/zod-openapi';
import { etag } from 'hono/etag';

/** What clients ask for again and again. It gets an `ETag`, and 304 where nothing has changed (RFC 9110, 13.1.2). */
const POLLED = [
  '/models/current',
  '/models/{version}/products',
  '/products',
  '/products/{id}',
  '/shoppers',
  '/watches',
  '/events',
  '/jobs/{id}',
];

/** Whether the document names 304 among an operation's answers. */
export function revalidates(method: string, path: string): boolean {
  return method === 'get' && POLLED.includes(path);
}

/** To be called before the routes are added. */
export function revalidatePolled(app: OpenAPIHono): void {
  for (const path of POLLED) app.use(path.replaceAll(/\{(.+?)\}/g, ':$1'), etag());
}
