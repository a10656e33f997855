import type { Page } from 'playwright-core';
import { Deadline } from '../deadline.ts';
import { FetchError } from '../fetch-error.ts';
import type { Fetcher, FetchOptions, FetchResult } from '../fetcher.ts';
import { DEFAULT_MAX_BYTES, DEFAULT_TIMEOUT_MS } from '../http-fetcher.ts';
import { Chromium, type ChromiumOptions } from './chromium.ts';
import { PageRequests } from './page-requests.ts';
import { ScriptCache } from './script-cache.ts';

/** Of a fetch's time, what is kept for handing over a page that never comes to rest. */
const HANDOVER_MS = 500;

/**
 * A fetcher that runs the scripts of the pages for which it is asked to (`render`), and gives what they have drawn. The
 * page itself and all that it asks for come through the fetcher given: Chromium has no connections of its own.
 */
export class RenderingFetcher implements Fetcher {
  readonly #plain: Fetcher;
  readonly #userAgent: string;
  readonly #chromium: Chromium;
  readonly #scripts = new ScriptCache();

  /** @param userAgent as the plain fetcher sends it: scripts see the same. */
  constructor(plain: Fetcher, userAgent: string, chromium: ChromiumOptions) {
    this.#plain = plain;
    this.#userAgent = userAgent;
    this.#chromium = new Chromium(chromium);
  }

  async fetch(url: string, options: FetchOptions): Promise<FetchResult> {
    if (options.render !== true) return this.#plain.fetch(url, options);
    const startedAtMs = performance.now();
    const deadline = new Deadline(options.timeoutMs ?? DEFAULT_TIMEOUT_MS, options.signal);
    try {
      const document = await this.#plain.fetch(url, options);
      if (document.notModified || !isHtml(document)) return document;
      const rendered = await this.#render(document, options, deadline);
      return { ...rendered, elapsedMs: performance.now() - startedAtMs };
    } finally {
      deadline.dispose();
    }
  }

  /** Ends the browser; what it renders fails. */
  close(): Promise<void> {
    return this.#chromium.close();
  }

  async #render(document: FetchResult, options: FetchOptions, deadline: Deadline): Promise<FetchResult> {
    const requests = new PageRequests({
      fetcher: this.#plain,
      document,
      scripts: this.#scripts,
      signal: deadline.signal,
      minDelayMs: options.minDelayMs,
      locale: options.locale,
      forAnyone: options.forAnyone ?? false,
    });
    const settled = AbortSignal.any([
      deadline.signal,
      AbortSignal.timeout(Math.max(0, Math.round(deadline.remainingMs() - HANDOVER_MS))),
    ]);
    const context = { userAgent: this.#userAgent, ...(options.locale !== undefined && { locale: options.locale }) };
    try {
      const { html, url } = await this.#chromium.withPage(document.url, deadline.signal, context, async (page) => {
        await page.route('**/*', (route) => requests.answer(page, route));
        await page.goto(document.url, { waitUntil: 'domcontentloaded', timeout: deadline.remainingMs() });
        return contentAtRest(page, () => requests.quiet(page, settled));
      });
      return rendered(document, html, url, options.maxBytes ?? DEFAULT_MAX_BYTES);
    } catch (cause) {
      if (cause instanceof FetchError) throw cause;
      if (deadline.signal.aborted) throw deadline.error(new URL(document.url));
      const detail = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
      throw new FetchError('rendering', `The page of ${new URL(document.url).host} could not be rendered: ${detail}`, {
        url: document.url,
        cause,
      });
    }
  }
}

/** What a page shows once it is at rest; a page that a script is just sending elsewhere is awaited there. */
async function contentAtRest(page: Page, rest: () => Promise<void>): Promise<{ html: string; url: string }> {
  for (;;) {
    await rest();
    try {
      return { html: await page.content(), url: page.url() };
    } catch (error) {
      if (!String(error).includes('page is navigating')) throw error;
      await page.waitForLoadState('domcontentloaded');
    }
  }
}

function rendered(document: FetchResult, html: string, url: string, maxBytes: number): FetchResult {
  const body = Buffer.from(html);
  if (body.length > maxBytes) {
    throw new FetchError('too_large', `The page of ${new URL(url).host} grows beyond the limit of ${maxBytes} bytes.`, {
      url,
    });
  }
  const headers = { ...document.headers, 'content-type': 'text/html; charset=utf-8' };
  return { ...document, url, body, headers, text: () => html };
}

function isHtml({ headers }: FetchResult): boolean {
  return /html|^$/i.test(headers['content-type'] ?? '');
}
