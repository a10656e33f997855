import { lookup as systemLookup } from 'node:dns';
import { STATUS_CODES } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { checkUrl, refusalError } from './address-guard.ts';
import { ACCEPT_ENCODING } from './body.ts';
import { decodeText } from './charset.ts';
import { Deadline } from './deadline.ts';
import { type ExchangeResponse, exchange } from './exchange.ts';
import { FetchError } from './fetch-error.ts';
import type { Fetcher, FetchOptions, FetchResult } from './fetcher.ts';
import { assertPublicName, BlockedAddressError, guardedConnector } from './guarded-connector.ts';
import { HostBreakers } from './host-breakers.ts';
import type { HostPacer } from './host-pacer.ts';
import { PURPOSES, type PurposePolicy } from './purpose.ts';
import { followRedirects, type Hop, type Journey, redirectTarget } from './redirects.ts';
import { parseRetryAfter, withRetries } from './retry.ts';
import { RobotsCache } from './robots-cache.ts';
import { PRODUCT_TOKEN } from './user-agent.ts';

const DEFAULT_TIMEOUT_MS = 30_000;

/** Product pages: median 440 KB, mean 670 KB, seldom above 4 MB. */
const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

/** Scrapy's template since 2.13. */
const DEFAULT_MIN_DELAY_MS = 1_000;

const CONNECT_TIMEOUT_MS = 5_000;

/** RFC 9309, 2.5, asks to parse at least 500 KiB. */
const MAX_ROBOTS_BYTES = 512 * 1024;

/** A download of robots.txt serves all who wait, so its limit is not that of one of them. */
const ROBOTS_TIMEOUT_MS = 10_000;

/** A crawl-delay beyond this would mean never: the largest that is obeyed. */
const MAX_CRAWL_DELAY_MS = 60_000;

/** What a block page says of itself stands in its first lines. */
const ERROR_TEXT_CHARS = 64 * 1024;

export interface HttpFetcherOptions {
  /** See `userAgent()`. */
  userAgent: string;
  pacer: HostPacer;
  /** Least time between the starts of two requests to one host, where the caller names none. Default 1,000. */
  minDelayMs?: number;
  /** Exact origins that may be fetched though their address is not public: the demo shops. */
  allowedOrigins?: Iterable<string>;
  /**
   * Sends everything but the allowed origins through this proxy. It is the proxy then that looks names up and connects,
   * so it has to refuse private addresses itself; a name that leads to one here too is refused before it is asked.
   */
  proxyUrl?: string;
  /** How names become addresses; the system's resolver by default. */
  lookup?: LookupFunction;
}

/** A fetcher with connections of its own, to be closed with the process. */
export interface HttpFetcher extends Fetcher {
  close(): Promise<void>;
}

export function createHttpFetcher(options: HttpFetcherOptions): HttpFetcher {
  return new GuardedFetcher(options);
}

/** What all hops of one fetch have in common. */
interface Errand {
  policy: PurposePolicy;
  /** Headers that every hop carries, whatever its origin. */
  headers: Record<string, string>;
  maxBytes: number;
  minDelayMs: number;
  isConditional: boolean;
  deadline: Deadline;
}

class GuardedFetcher implements HttpFetcher {
  readonly #userAgent: string;
  readonly #pacer: HostPacer;
  readonly #minDelayMs: number;
  readonly #allowedOrigins: ReadonlySet<string>;
  readonly #lookup: LookupFunction;
  readonly #direct: Dispatcher;
  readonly #proxy: Dispatcher | null;
  readonly #breakers = new HostBreakers();
  readonly #robots: RobotsCache;

  constructor(options: HttpFetcherOptions) {
    this.#userAgent = options.userAgent;
    this.#pacer = options.pacer;
    this.#minDelayMs = options.minDelayMs ?? DEFAULT_MIN_DELAY_MS;
    this.#allowedOrigins = new Set(options.allowedOrigins);
    this.#lookup = options.lookup ?? systemLookup;
    this.#direct = new Agent({
      connect: guardedConnector({
        allowedOrigins: this.#allowedOrigins,
        lookup: this.#lookup,
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
      }),
    });
    this.#proxy = options.proxyUrl === undefined ? null : new ProxyAgent({ uri: options.proxyUrl });
    this.#robots = new RobotsCache(PRODUCT_TOKEN, (url) => this.#downloadRobots(url));
  }

  async fetch(url: string, options: FetchOptions): Promise<FetchResult> {
    const startedAtMs = performance.now();
    const first = firstHop(url, options);
    const policy = PURPOSES[options.purpose];
    const deadline = new Deadline(options.timeoutMs ?? DEFAULT_TIMEOUT_MS, options.signal);
    const errand: Errand = {
      policy,
      headers: this.#headers(options.accept ?? policy.accept, options),
      maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
      minDelayMs: (options.minDelayMs ?? this.#minDelayMs) * policy.paceShare,
      isConditional: options.etag !== undefined || options.lastModified !== undefined,
      deadline,
    };
    try {
      const journey = await followRedirects(first, (hop) => this.#hop(hop, errand));
      return asResult(journey, performance.now() - startedAtMs);
    } finally {
      deadline.dispose();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#direct.destroy(), this.#proxy?.destroy()]);
  }

  /** One URL: may we, and when, and again if need be. */
  async #hop(hop: Hop, errand: Errand): Promise<ExchangeResponse> {
    const { url } = hop;
    const { policy, deadline } = errand;
    await this.#guard(url);
    const crawlDelayMs = policy.obeysRobots ? (await this.#robots.admit(url, deadline)) * 1000 : 0;
    const turn = {
      lane: policy.lane === 'main' ? url.host : `${url.host} ${policy.lane}`,
      url,
      minDelayMs: Math.max(errand.minDelayMs, Math.min(crawlDelayMs, MAX_CRAWL_DELAY_MS)),
      deadline,
    };
    return withRetries(hop.method, deadline, () => {
      this.#breakers.refuseIfOpen(url);
      return this.#pacer.run(turn, () => this.#breakers.run(url, () => this.#exchange(hop, errand)));
    });
  }

  async #exchange(hop: Hop, errand: Errand): Promise<ExchangeResponse> {
    const request = {
      ...hop,
      headers: { ...hop.headers, ...errand.headers }, // nobody says that we are somebody else
      maxBytes: errand.maxBytes,
      onOverflow: 'fail' as const,
    };
    const response = await exchange(this.#dispatcherFor(hop.url), request, errand.deadline);
    throwForStatus(hop.url, response, errand.isConditional);
    return response;
  }

  /** Outside robots.txt's own rule and outside the pace: once a day, before the first page. */
  async #downloadRobots(robotsUrl: URL): Promise<ExchangeResponse> {
    const deadline = new Deadline(ROBOTS_TIMEOUT_MS);
    // Uncompressed, so that cutting it at the limit leaves text.
    const headers = { ...this.#headers('text/plain,*/*;q=0.5', {}), 'accept-encoding': 'identity' };
    const send = async (hop: Hop): Promise<ExchangeResponse> => {
      await this.#guard(hop.url);
      return withRetries('GET', deadline, async () => {
        const request = { ...hop, headers, maxBytes: MAX_ROBOTS_BYTES, onOverflow: 'truncate' as const };
        const response = await exchange(this.#dispatcherFor(hop.url), request, deadline);
        throwForStatus(hop.url, response, false);
        return response;
      });
    };
    try {
      const first: Hop = { url: robotsUrl, method: 'GET', headers: {}, body: null };
      return (await followRedirects(first, send)).response;
    } finally {
      deadline.dispose();
    }
  }

  /** What can be judged before there is a connection. @throws FetchError */
  async #guard(url: URL): Promise<void> {
    const verdict = checkUrl(url.href, this.#allowedOrigins);
    if (!verdict.allowed) throw refusalError(verdict, url.href);
    if (this.#proxy === null || this.#allowedOrigins.has(url.origin)) return;
    try {
      await assertPublicName(url.hostname, this.#lookup);
    } catch (cause) {
      if (!(cause instanceof BlockedAddressError)) throw cause;
      throw new FetchError('blocked_address', `Not fetched: ${cause.message}.`, { url: url.href, cause });
    }
  }

  #dispatcherFor(url: URL): Dispatcher {
    return this.#proxy === null || this.#allowedOrigins.has(url.origin) ? this.#direct : this.#proxy;
  }

  #headers(accept: string, { locale, etag, lastModified }: Partial<FetchOptions>): Record<string, string> {
    return {
      'user-agent': this.#userAgent,
      accept,
      'accept-encoding': ACCEPT_ENCODING,
      ...(locale === undefined ? {} : { 'accept-language': `${locale},*;q=0.5` }),
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
      ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
    };
  }
}

function firstHop(text: string, options: FetchOptions): Hop {
  const url = URL.parse(text);
  if (url === null) {
    throw new FetchError('invalid_url', `"${text.slice(0, 200)}" is not an absolute URL.`, { url: text });
  }
  url.hash = '';
  return { url, method: options.method ?? 'GET', headers: options.headers ?? {}, body: options.body ?? null };
}

/** Everything but success, a redirect (which names where to) and a 304 that was asked for is an error. */
function throwForStatus(url: URL, response: ExchangeResponse, isConditional: boolean): void {
  const { status, headers } = response;
  if (status >= 200 && status < 300) return;
  if (status === 304 ? isConditional : redirectTarget(response) !== null) return;
  const name = STATUS_CODES[status];
  const retryAfterMs = status === 429 || status === 503 ? parseRetryAfter(headers['retry-after']) : null;
  const message = `${url.host} answered ${status}${name === undefined ? '' : ` (${name})`}.`;
  throw new FetchError('http_status', message, {
    url: url.href,
    status,
    responseText: decodeText(response.body, headers['content-type'] ?? '').slice(0, ERROR_TEXT_CHARS),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

function asResult({ last, response, redirects }: Journey, elapsedMs: number): FetchResult {
  return {
    url: last.url.href,
    status: response.status,
    notModified: response.status === 304,
    headers: response.headers,
    body: response.body,
    redirects,
    elapsedMs,
    text: () => decodeText(response.body, response.headers['content-type'] ?? ''),
  };
}
