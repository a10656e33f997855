import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
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
  '/changes',
  '/jobs/{id}',
];

/** Whether the document names 304 among an operation's answers. */
export function revalidates(method: string, path: string): boolean {
  return method === 'get' && POLLED.includes(path);
}

/** To be called before the routes are added. */
export function revalidatePolled(app: OpenAPIHono): void {
  for (const path of POLLED) app.use(path.replaceAll(/\{(.+?)\}/g, ':$1'), revalidated());
}

/**
 * An `ETag`, and 304 with the same `Vary` as the answer that a cache keeps (RFC 9110, 15.4.5): compression names it only
 * where there is a body.
 */
export function revalidated(): MiddlewareHandler {
  const tag = etag();
  return async (c, next) => {
    await tag(c, next);
    if (c.res.status === 304) c.header('vary', 'Accept-Encoding', { append: true });
  };
}
