import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Scope } from '../access/credentials.ts';

/**
 * Who may use a route. Every route is in exactly one class:
 * - `public`: everybody.
 * - `device`: all who may act for the shopper in question: the device whose shopper it is (by its own token), everybody for
 *   a public shopper, a key with the scope, the operator.
 * - `own device`: a device by its own token, about itself and the other devices of its shopper. No key, nor the operator.
 * - `job`: depends on what the job makes (`routes/jobs.ts`).
 * - `key`: a key with the scope, or the operator.
 * - `operator`: the operator's token or session, or a key with the scope `admin`.
 *
 * For `device` and `job` the class alone does not tell: each such route has a check of its own, which the gate runs before
 * the handler (`Gate.checkBefore`).
 */
export type RouteAccess =
  | { class: 'public' }
  | DeviceAccess
  | JobAccess
  | { class: 'own device' }
  | { class: 'key'; scope: Scope }
  | { class: 'operator' };

export type DeviceAccess = { class: 'device' } & ShopperAccess;
export type JobAccess = { class: 'job' } & ShopperAccess;

/** Who may act for a shopper besides the shopper's own device. */
export interface ShopperAccess {
  /** What a key needs to act for a shopper. */
  scope: Scope;
  /** On a server that listens on loopback, requests of this machine need no key for shoppers that are no device's. */
  openOnLoopback?: boolean;
  /** false: everybody may not do this to public shoppers. True without it. */
  publicToo?: boolean;
}

/** A route as the gate sees it. */
export interface DeclaredRoute {
  method: string;
  /** As Hono writes it: `/jobs/:id`. */
  path: string;
  access: RouteAccess;
  /** Whether asking changes or starts something, so that other sites' pages may not ask: all but GET, and some of those. */
  starts: boolean;
}

interface Declaration<A extends RouteAccess> {
  'x-access': A;
  'x-starts'?: boolean;
  security: Record<string, string[]>[];
}

/**
 * A route's class, to be spread into its `createRoute({...})`. It stands in the OpenAPI document too, as `x-access` and
 * as the security that generators know.
 * @param starts set for a GET that starts something (a job, requests to shops).
 */
export function access<A extends RouteAccess>(routeAccess: A, { starts = false } = {}): Declaration<A> {
  return { 'x-access': routeAccess, ...(starts && { 'x-starts': true }), security: securityOf(routeAccess) };
}

function securityOf(routeAccess: RouteAccess): Record<string, string[]>[] {
  switch (routeAccess.class) {
    case 'public':
      return [];
    case 'device':
    case 'job':
      // The empty one: public shoppers need none.
      return [{}, { device: [] }, { key: [routeAccess.scope] }, { operator: [] }];
    case 'own device':
      return [{ device: [] }];
    case 'key':
      return [{ key: [routeAccess.scope] }, { operator: [] }];
    case 'operator':
      return [{ operator: [] }, { session: [] }, { key: ['admin'] }];
    default:
      return routeAccess satisfies never;
  }
}

/** Routes of an app that are in no document: pages, scripts, pictures. */
const undocumented = new WeakMap<OpenAPIHono, DeclaredRoute[]>();

/** Declares a GET route that stands in no OpenAPI document; it is public. @returns its path, for `app.get(…)`. */
export function publicPath<Path extends string>(app: OpenAPIHono, path: Path): Path {
  const routes = undocumented.get(app) ?? [];
  undocumented.set(app, [...routes, { method: 'GET', path, access: { class: 'public' }, starts: false }]);
  return path;
}

/** All routes with the class that each was declared with. */
export function declaredRoutes(app: OpenAPIHono): DeclaredRoute[] {
  const documented = app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { method, path, 'x-access': routeAccess, 'x-starts': starts = false } = definition.route;
    if (routeAccess === undefined) return [];
    return [
      {
        method: method.toUpperCase(),
        path: path.replaceAll(/\{(.+?)\}/g, ':$1'),
        access: routeAccess as RouteAccess,
        starts: method !== 'get' || starts === true,
      },
    ];
  });
  return [...documented, ...(undocumented.get(app) ?? [])];
}
