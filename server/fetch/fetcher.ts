/**
 * What a request is for. Pages and images are crawled, so robots.txt decides; an API called as its documentation
 * says, a feed published for machines and the central bank's rates are not. Images have a pace of their own, so that
 * pictures and prices do not wait for each other; so has what a rendered page's scripts ask for.
 */
export type FetchPurpose = 'page' | 'image' | 'script' | 'api' | 'feed' | 'rates';

export interface FetchOptions {
  purpose: FetchPurpose;
  /** Ends the fetch, waiting for its slot and retries included, when the caller's own deadline passes. */
  signal?: AbortSignal;
  /** One limit for everything: waiting, robots.txt, redirects, retries, the body. Default 30,000. */
  timeoutMs?: number;
  /** Largest body, on the wire and decompressed. Default 8 MiB. */
  maxBytes?: number;
  /** `Accept`; the default suits the purpose. */
  accept?: string;
  /** BCP 47, for `Accept-Language`. */
  locale?: string;
  method?: 'GET' | 'POST';
  /** With POST. A POST is sent again only after 429 or 503, which say that it was not acted on. */
  body?: string;
  /** Names in lower case. They do not follow a redirect to another origin. */
  headers?: Record<string, string>;
  /** `If-None-Match`: the ETag of the copy that the caller holds. */
  etag?: string;
  /** `If-Modified-Since`: that copy's Last-Modified, as it was sent. */
  lastModified?: string;
  /**
   * Least time between the starts of two requests to this host, instead of the fetcher's own: what the operator
   * declares for a shop. robots.txt and the host's latency can still slow it down.
   */
  minDelayMs?: number;
  /**
   * The address comes from a caller who has proven nothing: of what is not public, only the origins that are open to
   * everybody may be fetched. Holds for redirects, and for what a rendered page asks for.
   */
  forAnyone?: boolean;
  /** Run the page's scripts in Chromium, and give the page as they have drawn it. Costs some hundred times as much. */
  render?: boolean;
}

export interface FetchResult {
  /** Where the answer came from, after redirects. */
  readonly url: string;
  /** 2xx, or 304 after `etag` or `lastModified`. */
  readonly status: number;
  /** The caller's copy is still good (304); the body is empty. */
  readonly notModified: boolean;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed. */
  readonly body: Uint8Array;
  /** The URLs that redirected, the one asked for first. */
  readonly redirects: readonly string[];
  /** From the call to the last byte, waiting included. */
  readonly elapsedMs: number;
  /** Decodes the body anew at each call; charset by BOM, header, `<meta>`, and what the bytes themselves prove. */
  text(): string;
}

/**
 * The only way out of the server: guarded against private addresses, paced per host, bound by robots.txt, by time
 * and by size.
 */
export interface Fetcher {
  /** @throws FetchError for whatever is not a 2xx, or a 304 that was asked for. */
  fetch(url: string, options: FetchOptions): Promise<FetchResult>;
}

/** A fetcher for addresses that come from a caller who has proven nothing. */
export function forAnyone(fetcher: Fetcher): Fetcher {
  return { fetch: (url, options) => fetcher.fetch(url, { ...options, forAnyone: true }) };
}
