/** Why a fetch failed: a closed list, which decides what a person reads and what a comparison does next. */
export type FetchErrorReason =
  | 'aborted' // the caller gave up
  | 'blocked_address' // the address is private, reserved or otherwise not the public internet
  | 'blocked_port'
  | 'browser_missing' // the page is to be rendered, and there is no Chromium to do it
  | 'breaker_open' // the host failed again and again, and is left alone for a while
  | 'connection' // refused, reset or cut short
  | 'credentials_in_url'
  | 'decoding' // the body does not decompress
  | 'dns'
  | 'http_status' // an answer of 4xx or 5xx
  | 'invalid_url'
  | 'rate_limited' // the host's pace leaves no slot before the deadline
  | 'redirect_loop'
  | 'rendering' // the page's scripts could not be run
  | 'robots_disallowed'
  | 'robots_unreachable' // robots.txt answers 5xx: RFC 9309, 2.3.1.4, says to stay away
  | 'timeout'
  | 'tls'
  | 'too_large'
  | 'too_many_redirects'
  | 'unsupported_scheme';

export interface FetchErrorDetails {
  /** Where it failed: the URL of the request, which after a redirect is not the one asked for. */
  url: string;
  /** HTTP status of the answer, with `http_status`. */
  status?: number;
  /** Body of that answer as text, cut to 64 KiB: block pages say here what they are. */
  responseText?: string;
  /** The host asks to be left alone for so long. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** The one error of the fetcher; its message is a sentence for people. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly reason: FetchErrorReason;
  readonly url: string;
  readonly status: number | null;
  readonly responseText: string | null;
  readonly retryAfterMs: number | null;

  constructor(reason: FetchErrorReason, message: string, details: FetchErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.url = details.url;
    this.status = details.status ?? null;
    this.responseText = details.responseText ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}
