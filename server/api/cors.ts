import type { MiddlewareHandler } from 'hono';
import { cors as honoCors } from 'hono/cors';
import type { Step } from './steps.ts';

/** A preflight's answer is kept so long by browsers at most (Chromium's limit). */
const MAX_AGE_SECONDS = 7200;

/**
 * Lets pages of the listed origins call the API with a key (CORS). Never with cookies: a page elsewhere acts for the holder
 * of its key, not for the person at the browser.
 */
export function cors(origins: readonly string[]): MiddlewareHandler {
  return honoCors({
    origin: (origin) => (origins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowHeaders: ['authorization', 'content-type', 'if-none-match', 'last-event-id'],
    exposeHeaders: ['etag', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'],
    maxAge: MAX_AGE_SECONDS,
  });
}

/** Where there are no such origins, only the answer to a preflight depends on the origin. */
export function answerPreflight(): Step {
  const answer = cors([]);
  return (c) => {
    if (c.req.method !== 'OPTIONS') return undefined;
    return answer(c, async () => {}).then((answered) => answered ?? undefined);
  };
}
