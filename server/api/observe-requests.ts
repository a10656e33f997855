import { createHash, randomBytes } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { addressGroup } from '../access/client-address.ts';
import type { Log } from '../logging/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { nameRequest } from './request-id.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** The matched route's template, once the gate has looked. */
    route: string;
    /** Why the caller may not do what it asked for, where that is so. */
    accessRefused: string;
  }
}

/** Files of the app, and what is not found, and what was refused before it was looked at. */
const OTHER_ROUTES = 'other';
/** Asked for every few seconds by whatever watches the server. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);
const MAX_PATH_LENGTH = 200;

/**
 * Names each request, and logs and counts it once its answer begins: `info`, and beside it `warn` where a credential was not enough and
 * `error` where nothing foresaw what went wrong. Neither queries nor addresses, credentials or shoppers' ids are written.
 */
export function observeRequests({ log, metrics }: { log: Log; metrics: Metrics }): MiddlewareHandler {
  const salt = randomBytes(16);
  return async (c, next) => {
    const startedAt = performance.now();
    nameRequest(c);
    await next();
    const elapsedMs = performance.now() - startedAt;
    const { status } = c.res;
    // Undefined where the request was refused before the gate looked.
    const route: string | undefined = c.get('route');
    metrics.observeRequest(c.req.method, route ?? OTHER_ROUTES, status, elapsedMs);
    const level = PROBES.has(route ?? '') ? 'debug' : 'info';
    if (log.isLevelEnabled(level)) {
      log[level]({ ...requestFields(c), status, ms: Math.round(elapsedMs * 10) / 10, ...callerFields(c) }, 'request');
    }
    const reason: string | undefined = c.get('accessRefused');
    if (reason !== undefined) {
      const client = clientHash(c, salt);
      log.warn({ ...requestFields(c), status, reason, ...callerFields(c), client }, 'access refused');
    }
    if (status === 500 && c.error !== undefined) log.error({ ...requestFields(c), err: c.error }, 'request failed');
  };
}

function requestFields(c: Context): { request_id: string; method: string; path: string } {
  return { request_id: c.get('requestId'), method: c.req.method, path: c.req.path.slice(0, MAX_PATH_LENGTH) };
}

function callerFields(c: Context): { caller?: string; key_id?: string } {
  // Unset where the request was refused before it was known who asks.
  const caller: ReturnType<typeof c.get<'caller'>> | undefined = c.get('caller');
  if (caller === undefined) return {};
  return { caller: caller.kind, ...(caller.kind === 'key' && { key_id: caller.id }) };
}

/** Tells apart where refused requests come from, until the server is started again, without naming it. */
function clientHash(c: Context, salt: Buffer): string {
  const group = addressGroup(c.get('client')?.address ?? '');
  return createHash('sha256').update(salt).update(group).digest('hex').slice(0, 12);
}
