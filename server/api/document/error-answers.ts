import type { DeclaredRoute } from '../route-access.ts';

/** What a request may carry, as far as errors depend on it. */
interface RequestParts {
  hasBody: boolean;
  /** It names something that may be gone: by an id in its path, or a cursor. */
  namesEntry: boolean;
}

/**
 * The error answers that follow from a route's class and method, by status: no route declares them itself. Each is
 * problem details; a route's own declaration of a status goes before.
 */
export function commonErrors(
  { method, access, starts }: Pick<DeclaredRoute, 'method' | 'access' | 'starts'>,
  { hasBody, namesEntry }: RequestParts,
): Record<number, string> {
  const isPublic = access.class === 'public';
  return {
    400: 'The request cannot be used: `errors` names the fields, unknown query parameters among them',
    ...(!isPublic && { 401: 'A credential is needed, or the one that was sent is not valid' }),
    ...((!isPublic || starts) && {
      403: isPublic
        ? 'Pages of other sites may not do this'
        : 'The credential is not enough, or the request comes from a page of another site',
    }),
    ...(namesEntry && { 404: 'There is no such thing, or no longer' }),
    ...(method !== 'GET' && { 413: 'The body is too large' }),
    ...(hasBody && { 415: 'The body is not JSON' }),
    421: 'The server listens on loopback only and does not answer for this host name',
    429: 'Too many requests: `Retry-After` says when to come back',
    500: 'Something went wrong on the server; the operator finds the request by `instance`',
    503: 'The server is stopping, or too busy: try again in a few seconds',
    ...(method === 'POST' && { 507: 'The disk of the server is full: nothing of the request was kept' }),
  };
}

/** Titles of the examples, as the server words them. */
export const PROBLEM_TITLES: Record<number, string> = {
  400: 'The request cannot be used',
  401: 'A key is needed',
  403: 'This key may not do that',
  404: 'There is nothing here',
  409: 'Too many watches',
  413: 'The body is too large',
  415: 'The body is not JSON',
  421: 'This host name is not served here',
  429: 'Too many requests',
  500: 'Something went wrong on the server',
  503: 'The server is stopping',
  507: 'The disk of the server is full',
};
