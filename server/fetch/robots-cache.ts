import { LRUCache } from 'lru-cache';
import { orAborted } from '../abortable.ts';
import type { Deadline } from './deadline.ts';
import { FetchError } from './fetch-error.ts';
import { parseRobots, type RobotsRules } from './robots-parser.ts';
import type { HttpResponse } from './send-request.ts';

/** RFC 9309, 2.4: not longer, unless the file cannot be reached. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** Shorter lifetimes that a Cache-Control names would cost the shop more requests than they are worth. */
const MIN_AGE_MS = 5 * 60 * 1000;

/** How soon a robots.txt that could not be reached is tried again. */
const UNREACHABLE_AGE_MS = 5 * 60 * 1000;

/** Sites remembered at once. */
const MAX_SITES = 5_000;

const ALLOW_ALL = parseRobots('');

/** What is known of one site's robots.txt: its rules, or why it could not be had. */
type Standing = { rules: RobotsRules } | { unreachable: FetchError };

interface Entry {
  standing: Promise<Standing>;
  freshUntilMs: number;
  /** The last rules that were read, for the time while the file is out of reach. */
  lastRules: RobotsRules | null;
}

/**
 * The robots.txt of each origin, fetched once for all simultaneous callers, and kept for up to a day.
 *
 * RFC 9309, 2.3.1: an answer of 4xx means that there are no rules; 5xx, 429 (as Google reads it) or no answer mean
 * that everything is forbidden for now, or that the last known rules still hold.
 */
export class RobotsCache {
  readonly #userAgent: string;
  readonly #download: (robotsUrl: URL) => Promise<HttpResponse>;
  readonly #entries = new LRUCache<string, Entry>({ max: MAX_SITES });

  /**
   * @param userAgent whose groups to read.
   * @param download fetches a robots.txt, following redirects; it throws FetchError for 4xx and 5xx too.
   */
  constructor(userAgent: string, download: (robotsUrl: URL) => Promise<HttpResponse>) {
    this.#userAgent = userAgent;
    this.#download = download;
  }

  /**
   * Waits for the site's robots.txt and asks it about one URL.
   * @returns the seconds between requests that it asks for, 0 when none.
   * @throws FetchError `robots_disallowed`, `robots_unreachable`, or the reason why the host cannot be reached at all.
   */
  async admit(url: URL, deadline: Deadline): Promise<number> {
    const standing = await untilDeadline(this.#standing(url.origin), url, deadline);
    if ('unreachable' in standing) throw unreachableError(url, standing.unreachable);
    if (!standing.rules.isAllowed(this.#userAgent, url.href)) {
      throw new FetchError('robots_disallowed', `The robots.txt of ${url.host} asks not to fetch ${url.pathname}.`, {
        url: url.href,
      });
    }
    return standing.rules.crawlDelaySeconds(this.#userAgent) ?? 0;
  }

  #standing(origin: string): Promise<Standing> {
    const known = this.#entries.get(origin);
    if (known !== undefined && known.freshUntilMs > Date.now()) return known.standing;
    const entry: Entry = {
      standing: Promise.resolve({ rules: ALLOW_ALL }),
      freshUntilMs: Number.POSITIVE_INFINITY, // while it is being fetched, all callers wait for this one
      lastRules: known?.lastRules ?? null,
    };
    entry.standing = this.#refresh(origin, entry);
    this.#entries.set(origin, entry);
    return entry.standing;
  }

  async #refresh(origin: string, entry: Entry): Promise<Standing> {
    try {
      const response = await this.#download(new URL('/robots.txt', origin));
      entry.lastRules = parseRobots(new TextDecoder().decode(response.body));
      entry.freshUntilMs = Date.now() + lifetimeMs(response.headers['cache-control']);
      return { rules: entry.lastRules };
    } catch (error) {
      if (!(error instanceof FetchError)) {
        this.#entries.delete(origin);
        throw error;
      }
      if (meansNoRules(error)) {
        entry.lastRules = ALLOW_ALL;
        entry.freshUntilMs = Date.now() + MAX_AGE_MS;
        return { rules: ALLOW_ALL };
      }
      entry.freshUntilMs = Date.now() + UNREACHABLE_AGE_MS;
      return entry.lastRules === null ? { unreachable: error } : { rules: entry.lastRules };
    }
  }
}

/** 2.3.1.3: "unavailable" is 4xx; 2.3.1.2: so are more redirects than a crawler follows. */
function meansNoRules(error: FetchError): boolean {
  if (error.reason === 'redirect_loop' || error.reason === 'too_many_redirects') return true;
  return error.status !== null && error.status >= 400 && error.status < 500 && error.status !== 429;
}

function lifetimeMs(cacheControl: string | undefined): number {
  const maxAge = /(?:^|[\s,])max-age=(\d+)/i.exec(cacheControl ?? '')?.[1];
  if (maxAge === undefined) return MAX_AGE_MS;
  return Math.min(MAX_AGE_MS, Math.max(MIN_AGE_MS, Number(maxAge) * 1000));
}

/** A host that cannot be reached for its robots.txt cannot be reached for its pages: the reason is the same. */
function unreachableError(url: URL, cause: FetchError): FetchError {
  if (cause.reason !== 'http_status') {
    return new FetchError(cause.reason, cause.message, { url: url.href, cause });
  }
  const message = `The robots.txt of ${url.host} answers ${cause.status}, so the site is left alone for now.`;
  return new FetchError('robots_unreachable', message, {
    url: url.href,
    cause,
    ...(cause.retryAfterMs === null ? {} : { retryAfterMs: cause.retryAfterMs }),
  });
}

/** Several fetches wait for one download, each no longer than its own deadline. */
async function untilDeadline<T>(promise: Promise<T>, url: URL, deadline: Deadline): Promise<T> {
  return orAborted(promise, deadline.signal).catch((error: unknown) => {
    throw error === deadline.signal.reason ? deadline.error(url) : error;
  });
}
