import type { HttpBindings } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { matchedRoutes } from 'hono/route';
import type { Access } from '../access/access.ts';
import { type Caller, hasScope, type Refusal } from '../access/caller.ts';
import { addressGroup, type ClientAddress, isLocalRequest, type Listening } from '../access/client-address.ts';
import type { Scope } from '../access/credentials.ts';
import { isLoopback } from '../access/loopback.ts';
import { SESSION_COOKIE } from '../access/sign-in.ts';
import type { ClientLimits } from './client-limits.ts';
import { headEveryAnswer, outgoingOf, varyBy } from './every-answer.ts';
import { ProblemError } from './problem.ts';
import { type DeclaredRoute, declaredRoutes, type RouteAccess, type ShopperAccess } from './route-access.ts';
import type { Step } from './steps.ts';

declare module 'hono' {
  interface ContextVariableMap {
    caller: Caller;
    client: ClientAddress;
    /** Whether the device that writes is known, or has been counted by now. */
    deviceKnown: boolean;
  }
}

export interface GateParts extends Listening {
  access: Access;
  clientAddress(request: HttpBindings['incoming']): ClientAddress;
  /** Origins of web pages that may call the API with a key (CORS). */
  corsOrigins: readonly string[];
  limits: ClientLimits;
  /** Names an address group in the database. */
  hashAddress(group: string): string;
}

/** A route as `createRoute` gives it. */
interface CreatedRoute {
  method: string;
  'x-access': RouteAccess;
  getRoutingPath(): string;
}

/** Lets requests through to a route's handler as its declared class says. A route that was never declared is refused. */
export class Gate {
  readonly #parts: GateParts;
  /** Routes that have a check before their handler, as `GET /watches`. */
  readonly #checked = new Set<string>();

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** Refuses a foreign `Host` on a loopback server: a page on the web must not reach it by DNS rebinding. */
  checkHost(): Step {
    const boundToLoopback = isLoopback(this.#parts.host);
    return (c) => {
      const host = (c.req.header('host') ?? '').replace(/:\d+$/, '');
      if (boundToLoopback && !isLoopback(host)) {
        throw new ProblemError({
          title: 'This host name is not served here',
          status: 421,
          detail: `The server listens on loopback only and does not answer for "${host}".`,
          action: 'Use http://127.0.0.1 or http://localhost, or start the server with HOST set.',
        });
      }
      return undefined;
    };
  }

  /** Before each handler: who asks, and whether the route's class lets them. */
  check(app: OpenAPIHono): MiddlewareHandler {
    let table: ReadonlyMap<string, DeclaredRoute> | null = null;
    return async (c, next) => {
      // Routes are added after this middleware; by the first request all are there.
      table ??= new Map(declaredRoutes(app).map((route) => [`${route.method} ${route.path}`, route]));
      const matched = matchedRoutes(c).findLast(({ method }) => method !== 'ALL');
      // Files of the app, and what is not found: nothing of a shopper's, nothing that starts anything.
      if (matched === undefined) return next();
      const route = table.get(`${matched.method} ${matched.path}`);
      if (route === undefined) throw new Error(`the route ${matched.method} ${matched.path} declares no access`);
      c.set('client', this.#clientOf(c));
      c.set('route', matched.path);
      if (route.starts) this.#refuseOtherSites(c);
      const credentials = { bearer: bearerToken(c), session: getCookie(c, SESSION_COOKIE) ?? null };
      const hasNone = credentials.bearer === null && credentials.session === null;
      const caller = hasNone ? ANONYMOUS : await this.#parts.access.identify(credentials);
      c.set('caller', caller);
      c.set('deviceKnown', false);
      if (isRefusedSecret(caller)) await this.#parts.limits.take(c, 'refused credentials');
      this.#require(c, caller, route);
      if (route.access.class === 'public') return next();
      varyBy(c, PER_CALLER.vary);
      headEveryAnswer(c, 'cache-control', PER_CALLER.cacheControl);
      await next();
      keepPerCaller(c);
    };
  }

  /**
   * Runs a check before the handler of a route of the class `device` or `job`. To be called before the handler is added.
   * @param check throws where the caller is refused
   * @returns what the check gave for a request, for the handler
   */
  checkBefore<T>(app: OpenAPIHono, route: CreatedRoute, check: (c: Context) => Promise<T>): (c: Context) => T {
    const found = new WeakMap<Context, { result: T }>();
    const method = route.method.toUpperCase();
    const path = route.getRoutingPath();
    app.on(method, path, async (c, next) => {
      found.set(c, { result: await check(c) });
      await next();
    });
    this.#checked.add(`${method} ${path}`);
    return (c) => {
      const kept = found.get(c);
      if (kept === undefined) throw new Error(`${method} ${path} was not checked`);
      return kept.result;
    };
  }

  /**
   * Requires, before the handler of a route of the class `device`, that the caller may act for the request's shopper.
   * @param shopperOf finds the id of that shopper; throws where the request names none
   * @returns the id that was checked, for the handler: the shopper's own where the request names an earlier one
   */
  shopperBefore(
    app: OpenAPIHono,
    route: CreatedRoute & { 'x-access': ShopperAccess },
    shopperOf: (c: Context) => Promise<string>,
  ): (c: Context) => string {
    return this.checkBefore(app, route, async (c) => {
      const userId = await shopperOf(c);
      return this.requireShopper(c, userId, route['x-access']);
    });
  }

  /**
   * The first write of a device counts against its address, so that no limit per device is walked around by ever new ones.
   * @returns the id of the shopper to act for: another one where the request names an earlier id of theirs.
   * @throws ProblemError 401 or 403 unless the caller may act for this shopper; LimitReachedError for one new device too many.
   */
  async requireShopper(c: Context, userId: string, routeAccess: ShopperAccess): Promise<string> {
    const shopperId = await this.#shopperFor(c, userId, routeAccess);
    if (shopperId === null) throw refusal(c, c.get('caller'), routeAccess.scope);
    if (routeAccess.scope === 'events:write') await this.#countDevice(c, shopperId);
    return shopperId;
  }

  /** The device that asks, on a route of the class `own device`. */
  deviceOf(c: Context): Extract<Caller, { kind: 'device' }> {
    const caller = c.get('caller');
    if (caller.kind !== 'device') throw new Error(`${c.req.path} was not checked`);
    return caller;
  }

  /** To be called when a device was linked or removed: the next request of it is answered by what holds now. */
  deviceChanged(deviceId: string): void {
    this.#parts.access.devices.forget(deviceId);
  }

  /** The address group that a request comes from, as the database names it. */
  addressHash(c: Context): string {
    return this.#parts.hashAddress(addressGroup(c.get('client').address));
  }

  /** @throws ProblemError 401 or 403 unless the caller may do what the operator may */
  requireOperator(c: Context): void {
    const caller = c.get('caller');
    if (!hasScope(caller, 'admin')) throw refusal(c, caller, 'admin');
  }

  async #countDevice(c: Context, userId: string): Promise<void> {
    const caller = c.get('caller');
    if (caller.kind !== 'device' || caller.userId !== userId || c.get('deviceKnown')) return;
    const { access, limits } = this.#parts;
    if (!(await access.isDevice(userId))) {
      await limits.take(c, 'new devices');
      await access.addDevice(userId, this.addressHash(c));
    }
    c.set('deviceKnown', true);
  }

  async #shopperFor(
    c: Context,
    userId: string,
    { scope, openOnLoopback, publicToo = true }: ShopperAccess,
  ): Promise<string | null> {
    const caller = c.get('caller');
    if (hasScope(caller, scope) || (caller.kind === 'device' && caller.userId === userId)) return userId;
    const { access } = this.#parts;
    if (await access.isPublicShopper(userId)) return publicToo ? userId : null;
    if (openOnLoopback === true && this.isLocal(c) && !(await access.isDevice(userId))) return userId;
    return caller.kind === 'device' ? access.ownUnderOtherId(caller.deviceId, userId) : null;
  }

  /** Whether the request comes from this machine itself, to a server that only this machine reaches. */
  isLocal(c: Context): boolean {
    return isLocalRequest(this.#parts, c.get('client'));
  }

  #clientOf(c: Context): ClientAddress {
    const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
    return incoming === undefined ? { address: '', forwarded: false } : this.#parts.clientAddress(incoming);
  }

  #require(c: Context, caller: Caller, { method, path, access }: DeclaredRoute): void {
    switch (access.class) {
      case 'public':
        return;
      case 'device':
      case 'job':
        if (!this.#checked.has(`${method} ${path}`)) throw new Error(`${method} ${path} has no check of its caller`);
        return;
      case 'own device':
        if (caller.kind !== 'device') throw deviceNeeded(c, caller);
        return;
      case 'key':
        if (!hasScope(caller, access.scope)) throw refusal(c, caller, access.scope);
        return;
      case 'operator':
        this.requireOperator(c);
        return;
      default:
        access satisfies never;
    }
  }

  /**
   * Pages of other sites may not change or start anything, even where no credential is needed (RFC 9110 has no such rule;
   * Fetch Metadata, W3C, section 2.1, names the header). What is opened as a page and only reads, and clients that are no
   * browsers, pass.
   */
  #refuseOtherSites(c: Context): void {
    const origin = c.req.header('origin');
    if (origin !== undefined && this.#parts.corsOrigins.includes(origin)) return;
    const site = c.req.header('sec-fetch-site');
    // Not by a frame: a page fills as many of them as it likes, and no one has followed a link.
    const isNavigation =
      c.req.method === 'GET' &&
      c.req.header('sec-fetch-mode') === 'navigate' &&
      (c.req.header('sec-fetch-dest') ?? 'document') === 'document';
    const isForeign =
      site === undefined
        ? origin !== undefined && hostOf(origin) !== c.req.header('host')
        : site !== 'same-origin' && site !== 'none' && !isNavigation;
    if (!isForeign) return;
    c.set('accessRefused', 'page of another site');
    throw new ProblemError({
      title: 'Pages of other sites may not do this',
      status: 403,
      detail: `The request comes from ${origin ?? 'a page of another site'}.`,
      action: 'Call the API from a server, or have the operator name your origin in MAGPIE_CORS_ORIGINS.',
    });
  }
}

/** A browser whose session has ended is no guess at a secret, nor is a device that was removed. */
function isRefusedSecret(caller: Caller): boolean {
  return (
    caller.kind === 'anonymous' &&
    caller.refusal !== null &&
    !['ended session', 'removed device'].includes(caller.refusal)
  );
}

/** The answer depends on who asks: no cache on the way may give it to another. Given before, a route may be less strict. */
const PER_CALLER = { vary: 'authorization, cookie', cacheControl: 'private, no-store' };

/** The same of a route that made its answer by itself, and so left out or replaced what was given before. */
function keepPerCaller(c: Context): void {
  const { headers } = c.res;
  const given = (name: string): string => headers.get(name) ?? String(outgoingOf(c)?.getHeader(name) ?? '');
  if (!/authorization/i.test(given('vary'))) c.header('vary', PER_CALLER.vary, { append: true });
  if (!/private|no-store/.test(given('cache-control'))) c.header('cache-control', PER_CALLER.cacheControl);
}

const ANONYMOUS: Caller = { kind: 'anonymous', refusal: null };

function hostOf(origin: string): string | null {
  return URL.parse(origin)?.host ?? null;
}

function bearerToken(c: Context): string | null {
  return /^Bearer (\S{1,256})$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null;
}

/** For the operator's log. */
function reasonOf(caller: Caller, scope: Scope): string {
  if (caller.kind === 'key') return `key without the scope ${scope}`;
  if (caller.kind === 'device') return 'device without right to it';
  return caller.kind === 'anonymous' ? (caller.refusal ?? 'no credential') : 'no right to it';
}

function deviceNeeded(c: Context, caller: Caller): ProblemError {
  if (caller.kind === 'anonymous' && caller.refusal !== null) return invalidCredential(c, caller.refusal);
  c.set('accessRefused', 'no device');
  return new ProblemError(
    {
      title: 'Only a device may do this',
      status: caller.kind === 'anonymous' ? 401 : 403,
      detail: `${c.req.method} ${c.req.path} is about the device that asks, and the others of its shopper.`,
      action: 'Send the secret that the device made for itself as "Authorization: Bearer SECRET".',
    },
    caller.kind === 'anonymous' ? { 'www-authenticate': 'Bearer' } : {},
  );
}

function invalidCredential(c: Context, refused: Refusal): ProblemError {
  c.set('accessRefused', refused);
  const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
  if (refused === 'removed device') {
    return new ProblemError(
      {
        title: 'This device was removed',
        status: 401,
        detail: 'Another device of the shopper has removed it, or the shopper was deleted.',
        action: 'Go on as a new shopper, or link it again, each with a new secret.',
      },
      headers,
    );
  }
  return new ProblemError(
    {
      title: 'This credential is not valid',
      status: 401,
      detail: `It is refused: ${refused}.`,
      action: 'Ask the operator for a new one.',
    },
    headers,
  );
}

/** 401 where the caller has not proven anything that could be enough, 403 where they have, and it is not. */
function refusal(c: Context, caller: Caller, scope: Scope): ProblemError {
  c.set('accessRefused', reasonOf(caller, scope));
  if (caller.kind === 'key') {
    return new ProblemError({
      title: 'This key may not do that',
      status: 403,
      detail: `The key "${caller.name}" lacks the scope ${scope}.`,
      action: 'Ask the operator for a key with this scope.',
    });
  }
  if (caller.kind === 'device') {
    return new ProblemError({
      title: 'This device may not do that',
      status: 403,
      detail: `A device may act for its own shopper, "${caller.userId}", and for public ones.`,
      action: 'Use that user_id, or a key with the right scope.',
    });
  }
  if (caller.kind === 'anonymous' && caller.refusal !== null) return invalidCredential(c, caller.refusal);
  return new ProblemError(
    {
      title: 'A key is needed',
      status: 401,
      detail: `${c.req.method} ${c.req.path} needs a key with the scope ${scope}.`,
      action: 'Send it as "Authorization: Bearer KEY"; the operator makes one with "magpie keys create".',
    },
    { 'www-authenticate': 'Bearer' },
  );
}
