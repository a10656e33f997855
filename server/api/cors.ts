import type { MiddlewareHandler } from 'hono';
import { cors as honoCors } from 'hono/cors';

/** A preflight's answer is kept so long by browsers at most (Chromium's limit). */
const MAX_AGE_SECONDS = 7200;

/**
 * Lets pages of the listed origins call the API with a key (CORS). Never with cookies: a page elsewhere acts for the holder
 * of its key, not for the person at the browser.
 */
export function cors(origins: readonly string[]): MiddlewareHandler {
  const answer = honoCors({
    origin: (origin) => (origins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowHeaders: ['authorization', 'content-type', 'if-none-match', 'last-event-id'],
    exposeHeaders: ['etag', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'],
    maxAge: MAX_AGE_SECONDS,
  });
  if (origins.length > 0) return answer;
  // Then no answer depends on the origin, but for that of a preflight.
  return (c, next) => (c.req.method === 'OPTIONS' ? answer(c, next) : next());
}
