import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { z } from 'zod';
import { ProblemError, validationProblemOf } from './problem.ts';

/** What a declared route takes. */
interface RequestShape {
  query: ReadonlySet<string>;
  hasBody: boolean;
}

/**
 * Refuses what no declared route could mean: a query parameter that it does not have (a misspelt `limt` must not pass for
 * the default), and a body that is not JSON. Routes of no document take any query, as pages do.
 */
export function checkRequestShape(app: OpenAPIHono): MiddlewareHandler {
  let shapes: ReadonlyMap<string, RequestShape> | null = null;
  return async (c, next) => {
    // Routes are added after this middleware; by the first request all are there.
    shapes ??= shapesOf(app);
    const matched = matchedRoutes(c).findLast(({ method }) => method !== 'ALL');
    const shape = matched && shapes.get(`${matched.method} ${matched.path}`);
    if (shape !== undefined) {
      refuseUnknownParameters(Object.keys(c.req.queries()), shape);
      if (shape.hasBody) refuseOtherTypes(c.req.header('content-type'));
    }
    await next();
  };
}

function shapesOf(app: OpenAPIHono): Map<string, RequestShape> {
  const shapes = new Map<string, RequestShape>();
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue;
    const { method, path, request } = definition.route;
    const query = request?.query instanceof z.ZodObject ? Object.keys(request.query.shape) : [];
    shapes.set(`${method.toUpperCase()} ${path.replaceAll(/\{(.+?)\}/g, ':$1')}`, {
      query: new Set(query),
      hasBody: request?.body !== undefined,
    });
  }
  return shapes;
}

function refuseUnknownParameters(given: readonly string[], { query }: RequestShape): void {
  const unknown = given.filter((name) => !query.has(name));
  if (unknown.length === 0) return;
  const known = query.size === 0 ? 'it takes none' : `it takes ${[...query].join(', ')}`;
  throw new ProblemError(
    validationProblemOf(unknown.map((path) => ({ path, message: `is no query parameter of this path: ${known}` }))),
  );
}

function refuseOtherTypes(contentType: string | undefined): void {
  if (contentType === undefined || /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType)) return;
  throw new ProblemError({
    title: 'The body is not JSON',
    status: 415,
    detail: `Its type is ${JSON.stringify(contentType.slice(0, 100))}.`,
    action: 'Send it as JSON with "Content-Type: application/json".',
  });
}
