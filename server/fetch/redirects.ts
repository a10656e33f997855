import type { ExchangeResponse } from './exchange.ts';
import { FetchError } from './fetch-error.ts';

/** One request of a chain. `headers` are the caller's own, not those that every request carries. */
export interface Hop {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
}

export interface Journey {
  /** The hop that was answered with something other than a redirect. */
  last: Hop;
  response: ExchangeResponse;
  /** The URLs that redirected, in order. */
  redirects: string[];
}

/** RFC 9309, 2.3.1.2, asks for at least five; shops need two or three (host, language, trailing slash). */
const MAX_REDIRECTS = 10;

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/**
 * Follows redirects by hand, so that each hop passes through `send` and with it through the address guard, robots.txt
 * and the pace of its own host.
 * @throws FetchError `redirect_loop`, `too_many_redirects`, `invalid_url`, or what `send` throws.
 */
export async function followRedirects(first: Hop, send: (hop: Hop) => Promise<ExchangeResponse>): Promise<Journey> {
  const redirects: string[] = [];
  const seen = new Set<string>();
  let hop = first;
  for (;;) {
    seen.add(`${hop.method} ${hop.url.href}`);
    const response = await send(hop);
    const location = redirectTarget(response);
    if (location === null) return { last: hop, response, redirects };
    redirects.push(hop.url.href);
    const next = nextHop(hop, response.status, location);
    if (seen.has(`${next.method} ${next.url.href}`)) {
      throw new FetchError('redirect_loop', `${hop.url.host} redirects in a circle, back to ${next.url.href}.`, {
        url: hop.url.href,
      });
    }
    if (redirects.length > MAX_REDIRECTS) {
      throw new FetchError('too_many_redirects', `${first.url.host} redirects more than ${MAX_REDIRECTS} times.`, {
        url: hop.url.href,
      });
    }
    hop = next;
  }
}

/** Where a response redirects to, as written there; null when it is no redirect that can be followed. */
export function redirectTarget({ status, headers }: ExchangeResponse): string | null {
  return REDIRECT_STATUSES.has(status) ? (headers.location ?? null) : null;
}

/** RFC 9110, 15.4: 303 always becomes a GET, and so, as every client does, does a POST answered by 301 or 302. */
function nextHop(hop: Hop, status: number, location: string): Hop {
  const url = resolveLocation(hop.url, location);
  const becomesGet = hop.method === 'POST' && status !== 307 && status !== 308;
  // What the caller tells one origin (tokens, cookies) is not for another.
  const sameOrigin = url.origin === hop.url.origin;
  const { 'content-type': contentType, ...others } = hop.headers;
  const headers = sameOrigin ? others : {};
  if (becomesGet || hop.body === null) return { url, method: 'GET', headers, body: null };
  if (contentType !== undefined) headers['content-type'] = contentType;
  return { url, method: hop.method, headers, body: hop.body };
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
