import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Store } from '../store/store.ts';
import { ProblemError } from './problem.ts';

/** What a key may do. `admin` may do everything. */
export const SCOPES = ['recommendations:read', 'events:write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

/** Does only this machine reach a server that listens on this address? */
export function isLoopback(host: string): boolean {
  return LOOPBACK_HOSTS.has(host);
}

export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/**
 * A device proves that a shopper is its own without an account: its user id is `d-` and the first 32 hex digits of the
 * SHA-256 of a secret that only it has, which it sends as a bearer token.
 */
export function deviceUserId(token: string): string {
  return `d-${hashKey(token).slice(0, 32)}`;
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Which caller may do what. Open while bound to loopback with no key made yet; then only to requests that name a loopback host. */
export class Access {
  readonly #store: Store;
  readonly #boundToLoopback: boolean;
  /** Public shoppers met so far. One that is public stays so; whether another has become public is asked each time. */
  readonly #knownPublic = new Set<string>();

  constructor(store: Store, host: string) {
    this.#store = store;
    this.#boundToLoopback = isLoopback(host);
  }

  /** Refuses a foreign `Host` on a loopback server: a page on the web must not reach it by DNS rebinding. */
  checkHost(): MiddlewareHandler {
    return async (c, next) => {
      const host = (c.req.header('host') ?? '').replace(/:\d+$/, '');
      if (this.#boundToLoopback && !isLoopback(host)) {
        throw new ProblemError({
          title: 'This host name is not served here',
          status: 421,
          detail: `The server listens on loopback only and does not answer for "${host}".`,
          action: 'Use http://127.0.0.1 or http://localhost, or start the server with HOST set.',
        });
      }
      await next();
    };
  }

  /** @throws ProblemError 401 or 403 unless the caller may act for this shopper. */
  async requireShopper(c: Context, userId: string, scope: Scope): Promise<void> {
    const token = bearerToken(c);
    if (token !== null && equal(deviceUserId(token), userId)) return;
    if (await this.#isPublic(userId)) return;
    await this.#require(c, token, scope);
  }

  /** @throws ProblemError 401 or 403 unless the caller has a key with this scope. */
  async requireScope(c: Context, scope: Scope): Promise<void> {
    await this.#require(c, bearerToken(c), scope);
  }

  async #isPublic(userId: string): Promise<boolean> {
    if (this.#knownPublic.has(userId)) return true;
    if (!(await this.#store.publicShoppers.has(userId))) return false;
    this.#knownPublic.add(userId);
    return true;
  }

  async #require(c: Context, token: string | null, scope: Scope): Promise<void> {
    if (this.#boundToLoopback && !(await this.#store.keys.list()).some((key) => key.revokedAt === null)) return;
    if (token === null) {
      throw new ProblemError(
        {
          title: 'A key is needed',
          status: 401,
          detail: `${c.req.method} ${c.req.path} needs a key with the scope ${scope}.`,
          action: 'Send it as "Authorization: Bearer KEY"; the operator makes one with "magpie keys create".',
        },
        { 'www-authenticate': 'Bearer' },
      );
    }
    const key = await this.#store.keys.findByHash(hashKey(token));
    if (key === null || key.revokedAt !== null) {
      throw new ProblemError(
        { title: 'This key is not valid', status: 401, action: 'Ask the operator for a new one.' },
        { 'www-authenticate': 'Bearer error="invalid_token"' },
      );
    }
    if (!key.scopes.includes(scope) && !key.scopes.includes('admin')) {
      throw new ProblemError({
        title: 'This key may not do that',
        status: 403,
        detail: `The key "${key.name}" lacks the scope ${scope}.`,
        action: 'Ask the operator for a key with this scope.',
      });
    }
  }
}

function bearerToken(c: Context): string | null {
  return /^Bearer (\S{1,256})$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null;
}
