import { FetchError } from './fetch-error.ts';
import type { HttpResponse } from './send-request.ts';

/** One request of a chain of redirects. `headers` are the caller's own, not those that every request carries. */
export interface FetchRequest {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
}

export interface FinalResponse {
  /** The request that was answered with something other than a redirect. */
  request: FetchRequest;
  response: HttpResponse;
  /** The URLs that redirected, in order. */
  redirects: string[];
}

/** RFC 9309, 2.3.1.2, asks for at least five; shops need two or three (host, language, trailing slash). */
const MAX_REDIRECTS = 10;

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/**
 * Follows redirects by hand, so that each request passes through `send` and with it through the address guard, robots.txt
 * and the pace of its own host.
 * @throws FetchError `redirect_loop`, `too_many_redirects`, `invalid_url`, or what `send` throws.
 */
export async function followRedirects(
  first: FetchRequest,
  send: (request: FetchRequest) => Promise<HttpResponse>,
): Promise<FinalResponse> {
  const redirects: string[] = [];
  const seen = new Set<string>();
  let request = first;
  for (;;) {
    seen.add(`${request.method} ${request.url.href}`);
    const response = await send(request);
    const location = redirectTarget(response);
    if (location === null) return { request, response, redirects };
    redirects.push(request.url.href);
    const next = redirectedRequest(request, response.status, location);
    if (seen.has(`${next.method} ${next.url.href}`)) {
      throw new FetchError('redirect_loop', `${request.url.host} redirects in a circle, back to ${next.url.href}.`, {
        url: request.url.href,
      });
    }
    if (redirects.length > MAX_REDIRECTS) {
      throw new FetchError('too_many_redirects', `${first.url.host} redirects more than ${MAX_REDIRECTS} times.`, {
        url: request.url.href,
      });
    }
    request = next;
  }
}

/** Where a response redirects to, as written there; null when it is no redirect that can be followed. */
export function redirectTarget({ status, headers }: HttpResponse): string | null {
  return REDIRECT_STATUSES.has(status) ? (headers.location ?? null) : null;
}

/** RFC 9110, 15.4: 303 always becomes a GET, and so, as every client does, does a POST answered by 301 or 302. */
function redirectedRequest(request: FetchRequest, status: number, location: string): FetchRequest {
  const url = resolveLocation(request.url, location);
  const becomesGet = request.method === 'POST' && status !== 307 && status !== 308;
  // What the caller sends to one origin (tokens, cookies) is not for another.
  const sameOrigin = url.origin === request.url.origin;
  const { 'content-type': contentType, ...others } = request.headers;
  const headers = sameOrigin ? others : {};
  if (becomesGet || request.body === null) return { url, method: 'GET', headers, body: null };
  if (contentType !== undefined) headers['content-type'] = contentType;
  return { url, method: request.method, headers, body: request.body };
}

function resolveLocation(base: URL, location: string): URL {
  // undici hands out header bytes as Latin-1; a Location that is not ASCII is UTF-8 in practice.
  const text = Buffer.from(location, 'latin1').toString('utf8');
  const url = URL.parse(text, base.href);
  if (url === null) {
    throw new FetchError('invalid_url', `${base.host} redirects to "${text.slice(0, 200)}", which is no URL.`, {
      url: base.href,
    });
  }
  url.hash = '';
  return url;
}
