import { ACCEPT_ENCODING } from './body.ts';
import { Deadline } from './deadline.ts';
import { FetchError } from './fetch-error.ts';
import { toFetchResult } from './fetch-result.ts';
import type { Fetcher, FetchOptions, FetchResult } from './fetcher.ts';
import { Gateway, type GatewayOptions } from './gateway.ts';
import { HostBreakers } from './host-breakers.ts';
import type { HostPacer } from './host-pacer.ts';
import { throwForStatus } from './http-status.ts';
import { PURPOSES, type PurposePolicy } from './purpose.ts';
import { type FetchRequest, followRedirects } from './redirects.ts';
import { withRetries } from './retry.ts';
import { RobotsCache } from './robots-cache.ts';
import type { HttpResponse } from './send-request.ts';
import { PRODUCT_TOKEN } from './user-agent.ts';

export const DEFAULT_TIMEOUT_MS = 30_000;

/** Product pages: median 440 KB, mean 670 KB, seldom above 4 MB. */
export const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

/** Scrapy's template since 2.13. */
const DEFAULT_MIN_DELAY_MS = 1_000;

/** RFC 9309, 2.5, asks to parse at least 500 KiB. */
const MAX_ROBOTS_BYTES = 512 * 1024;

/** A download of robots.txt serves all who wait, so its limit is not that of one of them. */
const ROBOTS_TIMEOUT_MS = 10_000;

/** A crawl-delay beyond this would mean never: the largest that is obeyed. */
const MAX_CRAWL_DELAY_MS = 60_000;

export interface HttpFetcherOptions extends GatewayOptions {
  /** See `userAgent()`. */
  userAgent: string;
  pacer: HostPacer;
  /** Least time between the starts of two requests to one host, where the caller names none. Default 1,000. */
  minDelayMs?: number;
}

/** What all requests of one fetch, its redirects included, have in common. */
interface FetchSettings {
  policy: PurposePolicy;
  /** Headers that every request carries, whatever its origin. */
  headers: Record<string, string>;
  maxBytes: number;
  minDelayMs: number;
  isConditional: boolean;
  forAnyone: boolean;
  deadline: Deadline;
}

/**
 * The fetcher over HTTP. Each request of a fetch passes, in this order: address guard, robots.txt, retries, the host's
 * pace, the host's breaker, and the gateway, which judges the address again as it connects.
 */
export class HttpFetcher implements Fetcher {
  readonly #userAgent: string;
  readonly #pacer: HostPacer;
  readonly #minDelayMs: number;
  readonly #gateway: Gateway;
  readonly #breakers = new HostBreakers();
  readonly #robots: RobotsCache;

  constructor(options: HttpFetcherOptions) {
    this.#userAgent = options.userAgent;
    this.#pacer = options.pacer;
    this.#minDelayMs = options.minDelayMs ?? DEFAULT_MIN_DELAY_MS;
    this.#gateway = new Gateway(options);
    this.#robots = new RobotsCache(PRODUCT_TOKEN, (url) => this.#downloadRobots(url));
  }

  async fetch(url: string, options: FetchOptions): Promise<FetchResult> {
    const startedAtMs = performance.now();
    const first = firstRequest(url, options);
    const policy = PURPOSES[options.purpose];
    const deadline = new Deadline(options.timeoutMs ?? DEFAULT_TIMEOUT_MS, options.signal);
    const settings: FetchSettings = {
      policy,
      headers: this.#headers(options.accept ?? policy.accept, options),
      maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
      minDelayMs: (options.minDelayMs ?? this.#minDelayMs) * policy.paceShare,
      isConditional: options.etag !== undefined || options.lastModified !== undefined,
      forAnyone: options.forAnyone ?? false,
      deadline,
    };
    try {
      const response = await followRedirects(first, (request) => this.#sendWhenAllowed(request, settings));
      return toFetchResult(response, performance.now() - startedAtMs);
    } finally {
      deadline.dispose();
    }
  }

  /** Ends all connections; fetches under way fail. */
  async close(): Promise<void> {
    await this.#gateway.close();
  }

  /** Sends a request once address, robots.txt and pace allow it, and again after a fault that may pass. */
  async #sendWhenAllowed(request: FetchRequest, settings: FetchSettings): Promise<HttpResponse> {
    const { url } = request;
    const { policy, deadline } = settings;
    await this.#gateway.check(url, settings.forAnyone);
    const crawlDelayMs = policy.obeysRobots ? (await this.#robots.admit(url, deadline)) * 1000 : 0;
    const paced = {
      queue: policy.queue === 'main' ? url.host : `${url.host} ${policy.queue}`,
      url,
      minDelayMs: Math.max(settings.minDelayMs, Math.min(crawlDelayMs, MAX_CRAWL_DELAY_MS)),
      deadline,
    };
    return withRetries(request.method, deadline, () => {
      this.#breakers.refuseIfOpen(url);
      return this.#pacer.run(paced, () => this.#breakers.run(url, () => this.#send(request, settings)));
    });
  }

  async #send(
    request: FetchRequest,
    { headers: ownHeaders, maxBytes, isConditional, forAnyone, deadline }: FetchSettings,
  ): Promise<HttpResponse> {
    // Our own come last: a caller cannot replace the user agent.
    const headers = { ...request.headers, ...ownHeaders };
    const limited = { ...request, headers, maxBytes, onOverflow: 'fail' as const };
    const response = await this.#gateway.send(limited, deadline, forAnyone);
    throwForStatus(request.url, response, isConditional);
    return response;
  }

  /** Outside robots.txt's own rule and outside the pace: once a day, before the first page. */
  async #downloadRobots(robotsUrl: URL): Promise<HttpResponse> {
    const deadline = new Deadline(ROBOTS_TIMEOUT_MS);
    // Uncompressed, so that cutting it at the limit leaves text.
    const headers = { ...this.#headers('text/plain,*/*;q=0.5', {}), 'accept-encoding': 'identity' };
    const limits = { maxBytes: MAX_ROBOTS_BYTES, onOverflow: 'truncate' as const };
    // All callers share it, so that a public site's may not lead to where only some of them may go.
    const forAnyone = !this.#gateway.isOwn(robotsUrl);
    const send = async (request: FetchRequest): Promise<HttpResponse> => {
      await this.#gateway.check(request.url, forAnyone);
      return withRetries('GET', deadline, async () => {
        const response = await this.#gateway.send({ ...request, headers, ...limits }, deadline, forAnyone);
        throwForStatus(request.url, response, false);
        return response;
      });
    };
    try {
      const first: FetchRequest = { url: robotsUrl, method: 'GET', headers: {}, body: null };
      return (await followRedirects(first, send)).response;
    } finally {
      deadline.dispose();
    }
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

function firstRequest(text: string, options: FetchOptions): FetchRequest {
  const url = URL.parse(text);
  if (url === null) {
    throw new FetchError('invalid_url', `"${text.slice(0, 200)}" is not an absolute URL.`, { url: text });
  }
  url.hash = '';
  return { url, method: options.method ?? 'GET', headers: options.headers ?? {}, body: options.body ?? null };
}
