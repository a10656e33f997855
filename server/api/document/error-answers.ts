import type { DeclaredRoute } from '../route-access.ts';

/** Answers that several operations share, under `components.responses`, with the title of the example. */
export const ERROR_ANSWERS = {
  400: {
    name: 'BadRequest',
    description: 'The request cannot be used: `errors` names the fields, unknown query parameters among them.',
    title: 'The request cannot be used',
  },
  401: {
    name: 'Unauthorized',
    description: 'A credential is needed, or the one that was sent is not valid.',
    title: 'A key is needed',
  },
  403: {
    name: 'Forbidden',
    description: 'The credential is not enough, or the request comes from a page of another site.',
    title: 'This key may not do that',
  },
  404: {
    name: 'NotFound',
    description: 'There is no such thing, or no longer.',
    title: 'There is nothing here',
  },
  413: { name: 'ContentTooLarge', description: 'The body is too large.', title: 'The body is too large' },
  415: { name: 'UnsupportedMediaType', description: 'The body is not JSON.', title: 'The body is not JSON' },
  421: {
    name: 'MisdirectedRequest',
    description: 'The server listens on loopback only and does not answer for this host name.',
    title: 'This host name is not served here',
  },
  429: {
    name: 'TooManyRequests',
    description: 'Too many requests: `Retry-After` says when to come back.',
    title: 'Too many requests',
  },
  431: {
    name: 'HeadersTooLarge',
    description: 'Address and headers together have more than 16 KiB.',
    title: 'Request Header Fields Too Large',
  },
  500: {
    name: 'ServerError',
    description: 'Something went wrong on the server; the operator finds the request by `instance`.',
    title: 'Something went wrong on the server',
  },
  503: {
    name: 'Unavailable',
    description:
      'The server is stopping or too busy, or its database or queue is away: `Retry-After` says when to come back.',
    title: 'The server is stopping',
  },
  507: {
    name: 'StorageFull',
    description: 'The disk of the server is full: nothing of the request was kept.',
    title: 'The disk of the server is full',
  },
} as const;

export type ErrorStatus = keyof typeof ERROR_ANSWERS;

/** The error answers that follow from a route's class and method: no route declares them itself, unless in other words. */
export function commonErrors(
  { method, access, starts }: Pick<DeclaredRoute, 'method' | 'access' | 'starts'>,
  /** `namesEntry`: it names something that may be gone, by an id in its path or by a cursor. */
  { hasBody, namesEntry }: { hasBody: boolean; namesEntry: boolean },
): ErrorStatus[] {
  const needsCredential = access.class !== 'public';
  const statuses: [ErrorStatus, boolean][] = [
    [400, true],
    [401, needsCredential],
    [403, needsCredential || starts],
    [404, namesEntry],
    [413, method !== 'GET'],
    [415, hasBody],
    [421, true],
    [429, true],
    [431, true],
    [500, true],
    [503, true],
    [507, method === 'POST'],
  ];
  return statuses.filter(([, occurs]) => occurs).map(([status]) => status);
}
