import type { OpenAPIHono } from '@hono/zod-openapi';
import { matchedRoutes } from 'hono/route';
import { z } from 'zod';
import { ProblemError, validationProblemOf } from './problem.ts';
import type { Step } from './steps.ts';

/** What a declared route takes. */
interface RequestShape {
  query: ReadonlySet<string>;
  hasBody: boolean;
}

/**
 * Refuses what no declared route could mean: a query parameter that it does not have (a misspelt `limt` must not pass for
 * the default) or that is given twice, and a body that is not JSON. Routes of no document take any query, as pages do.
 */
export function checkRequestShape(app: OpenAPIHono): Step {
  let shapes: ReadonlyMap<string, RequestShape> | null = null;
  return (c) => {
    // Routes are added after this middleware; by the first request all are there.
    shapes ??= shapesOf(app);
    const matched = matchedRoutes(c).findLast(({ method }) => method !== 'ALL');
    const shape = matched && shapes.get(`${matched.method} ${matched.path}`);
    if (shape !== undefined) {
      refuseBrokenEscapes(c.req.url);
      if (!namesEachOnce(c.req.url, shape)) refuseUnusableParameters(c.req.queries(), shape);
      if (shape.hasBody) refuseOtherBodies(c.req.header('content-type'), c.req.header('content-encoding'));
    }
    return undefined;
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

/** Whether an address has, written plainly, only parameters that the route has, each once: then none needs to be decoded. */
function namesEachOnce(url: string, { query }: RequestShape): boolean {
  const start = url.indexOf('?') + 1;
  if (start === 0) return true;
  const names = url
    .slice(start)
    .split('&')
    .map((parameter) => parameter.split('=', 1)[0]!);
  return names.every((name, n) => query.has(name) && names.indexOf(name) === n);
}

/** Escapes that are no UTF-8 (RFC 3986, 2.5) would be taken for their hexadecimal digits. */
function refuseBrokenEscapes(url: string): void {
  if (!url.includes('%')) return;
  const parameters = url.slice(url.indexOf('?') + 1).split('&');
  const broken = parameters.filter((parameter) => !isDecodable(parameter));
  const message = 'has percent-escapes that are not UTF-8';
  if (broken.length === 0) return;
  throw new ProblemError(validationProblemOf(broken.map((text) => ({ path: text.split('=', 1)[0]!, message }))));
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function refuseUnusableParameters(given: Record<string, string[]>, { query }: RequestShape): void {
  const known = query.size === 0 ? 'it takes none' : `it takes ${[...query].join(', ')}`;
  const errors = Object.entries(given).flatMap(([path, values]) => {
    if (!query.has(path)) return [{ path, message: `is no query parameter of this path: ${known}` }];
    return values.length > 1 ? [{ path, message: 'is given more than once' }] : [];
  });
  if (errors.length > 0) throw new ProblemError(validationProblemOf(errors));
}

/** @throws ProblemError 415 (RFC 9110, 15.5.16) for what is not JSON, or compressed. */
function refuseOtherBodies(contentType: string | undefined, encoding = 'identity'): void {
  const isJson = contentType === undefined || /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType);
  if (isJson && encoding.toLowerCase() === 'identity') return;
  const isWhat = isJson
    ? `encoding is ${JSON.stringify(encoding)}`
    : `type is ${JSON.stringify(contentType.slice(0, 100))}`;
  throw new ProblemError({
    title: 'The body is not JSON',
    status: 415,
    detail: `Its ${isWhat}.`,
    action: 'Send it as JSON, uncompressed, with "Content-Type: application/json".',
  });
}
