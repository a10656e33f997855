import { setTimeout as delay } from 'node:timers/promises';
import type { Page, Request, Route } from 'playwright-core';
import { FetchError } from '../fetch-error.ts';
import type { Fetcher, FetchOptions, FetchResult } from '../fetcher.ts';
import type { ScriptCache } from './script-cache.ts';

/** What one page may ask for until it is shown: scripts, and the answers that they wait for. */
const MAX_REQUESTS = 150;
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;
const MAX_PAGE_BYTES = 24 * 1024 * 1024;

/** Scripts that lead from one page to the next. */
const MAX_NAVIGATIONS = 3;

/** A page that has asked for nothing this long has its offers drawn. */
const QUIET_MS = 300;

/** Of the page's own headers those that its server may need to answer; the fetcher itself names us. */
const PASSED_ON = /^(?:accept|content-type|authorization|x-[a-z0-9-]+|apollographql-[a-z-]+)$/;

/** Of the answer's headers those that decide whether the page's script may read it. */
const HANDED_BACK = /^(?:content-type|access-control-[a-z-]+)$/;

export interface PageRequestsOptions {
  fetcher: Fetcher;
  /** The page itself, as it was fetched. */
  document: FetchResult;
  scripts: ScriptCache;
  signal: AbortSignal;
  minDelayMs: number | undefined;
  locale: string | undefined;
  /** As `FetchOptions.forAnyone`. */
  forAnyone: boolean;
}

/**
 * Answers every request of a page through the one guarded fetcher: the same rules of addresses, robots.txt, pace and
 * size hold for what its scripts ask for. Pictures, fonts, films and frames are not fetched; style sheets are empty,
 * since some scripts wait for them.
 */
export class PageRequests {
  readonly #options: PageRequestsOptions;
  #nRequests = 0;
  #nNavigations = 0;
  #sizeBytes = 0;
  #nPending = 0;
  #quietSinceMs = performance.now();
  #fault: unknown = null;

  constructor(options: PageRequestsOptions) {
    this.#options = options;
  }

  async answer(page: Page, route: Route): Promise<void> {
    this.#nPending += 1;
    try {
      await this.#answer(page, route, route.request());
    } catch (error) {
      // A closed page needs no answers; in any other, `quiet` throws this.
      if (!page.isClosed()) this.#fault ??= error;
    } finally {
      this.#nPending -= 1;
      this.#quietSinceMs = performance.now();
    }
  }

  /**
   * Waits until the page has asked for nothing for a while, at most until `signal` aborts.
   * @throws what went wrong on our side of a request.
   */
  async quiet(page: Page, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !page.isClosed()) {
      if (this.#fault !== null) throw this.#fault;
      const leftMs = this.#nPending > 0 ? QUIET_MS : this.#quietSinceMs + QUIET_MS - performance.now();
      if (leftMs <= 0) return;
      await delay(Math.max(10, leftMs), undefined, { signal }).catch(() => {}); // aborted: it is shown as it is
    }
  }

  async #answer(page: Page, route: Route, request: Request): Promise<void> {
    const { document } = this.#options;
    switch (request.resourceType()) {
      case 'document':
        if (request.frame() !== page.mainFrame()) return route.abort('blockedbyclient');
        this.#nNavigations += 1;
        if (this.#nNavigations === 1 && request.url() === document.url) {
          return route.fulfill({ contentType: 'text/html; charset=utf-8', body: document.text() });
        }
        if (this.#nNavigations > MAX_NAVIGATIONS) return route.abort('blockedbyclient');
        return this.#fetch(route, request, 'page');
      case 'stylesheet':
        return route.fulfill({ contentType: 'text/css', body: '' });
      case 'script':
      case 'xhr':
      case 'fetch':
        return this.#fetch(route, request, 'script');
      default:
        return route.abort('blockedbyclient');
    }
  }

  async #fetch(route: Route, request: Request, purpose: 'page' | 'script'): Promise<void> {
    const method = request.method();
    this.#nRequests += 1;
    const spent = this.#nRequests > MAX_REQUESTS || this.#sizeBytes >= MAX_PAGE_BYTES;
    if (spent || (method !== 'GET' && method !== 'POST')) return route.abort('blockedbyclient');
    try {
      const answer = await this.#get(request, { ...this.#fetchOptions(request), purpose, method });
      this.#sizeBytes += answer.body.length;
      const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => HANDED_BACK.test(name)));
      const body = Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength);
      await route.fulfill({ status: answer.status, headers, body });
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      if (error.status === null) return route.abort('failed');
      await route.fulfill({ status: error.status, body: error.responseText ?? '' });
    }
  }

  #get(request: Request, options: FetchOptions): Promise<FetchResult> {
    const { fetcher, scripts, forAnyone } = this.#options;
    const url = request.url();
    // What was kept for those who may reach more is not for anyone.
    if (request.resourceType() !== 'script' || forAnyone) return fetcher.fetch(url, options);
    return scripts.get(url, () => fetcher.fetch(url, options));
  }

  #fetchOptions(request: Request): Omit<FetchOptions, 'purpose' | 'method'> {
    const { signal, minDelayMs, locale, forAnyone } = this.#options;
    const headers = Object.entries(request.headers()).filter(([name]) => PASSED_ON.test(name) && name !== 'accept');
    const body = request.postData();
    return {
      signal,
      forAnyone,
      maxBytes: MAX_REQUEST_BYTES,
      accept: request.headers()['accept'] ?? '*/*',
      headers: Object.fromEntries(headers),
      ...(body !== null && { body }),
      ...(minDelayMs !== undefined && { minDelayMs }),
      ...(locale !== undefined && { locale }),
    };
  }
}
