import { delimiter, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { orAborted } from '../../abortable.ts';
import { isExecutable } from '../../is-executable.ts';
import { FetchError } from '../fetch-error.ts';

export interface ChromiumOptions {
  /** Path of the browser; null looks for one on the PATH. */
  path: string | null;
  /** Chromium's own sandbox around what runs in a page. */
  sandbox: boolean;
}

/** As Debian, Fedora, Alpine, macOS's Homebrew and Google name it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/** A page holds some 100 MB. */
const MAX_PAGES = 2;

/** Starting it takes half a second; kept without use it holds 200 MB. */
const IDLE_MS = 60_000;

/** A page whose script does not end takes its process along. */
const CLOSE_MS = 2_000;

/**
 * Chromium has no way out of its own: every name is unknown to it, and its only proxy has one. What a page asks for is
 * answered by the process that drives it (`page-requests.ts`), and whatever comes by that (a WebSocket, a redirect, WebRTC, a
 * prefetch) leads nowhere. The rest keeps it from talking to its maker, and its scripts from filling the memory.
 */
const FLAGS = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=http://nowhere.invalid:9',
  '--proxy-bypass-list=<-loopback>',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  '--js-flags=--max-old-space-size=256',
];

/** One Chromium for the process, started when a page first needs it and ended when none has for a minute. */
export class Chromium {
  readonly #options: ChromiumOptions;
  #browser: Promise<Browser> | null = null;
  #idle: NodeJS.Timeout | undefined;
  #nPages = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(options: ChromiumOptions) {
    this.#options = options;
  }

  /**
   * Lends an empty page with its own cookies and storage, which are gone afterwards.
   * @param url that is to be rendered, for errors.
   * @param signal when it aborts, the page is closed while `use` still runs.
   * @throws FetchError `browser_missing`, the signal's reason, or what `use` throws.
   */
  async withPage<T>(
    url: string,
    signal: AbortSignal,
    context: BrowserContextOptions,
    use: (page: Page) => Promise<T>,
  ): Promise<T> {
    await this.#acquirePlace(signal);
    const rendering = this.#render(url, signal, context, use);
    // A caller that has given up gets its answer at once; the page is closed after that, and only then its place is free.
    rendering.done.finally(() => this.#releasePlace());
    return orAborted(rendering.result, signal);
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const browser = this.#browser;
    this.#browser = null;
    await browser?.then(
      (open) => open.close(),
      () => {}, // it had not started, which its callers have been told
    );
  }

  #render<T>(
    url: string,
    signal: AbortSignal,
    contextOptions: BrowserContextOptions,
    use: (page: Page) => Promise<T>,
  ): { result: Promise<T>; done: Promise<void> } {
    const { promise: done, resolve: end } = Promise.withResolvers<void>();
    const work = async (): Promise<T> => {
      try {
        const browser = await this.#open(url);
        const context = await browser.newContext({
          ...contextOptions,
          serviceWorkers: 'block',
          acceptDownloads: false,
        });
        try {
          const page = await context.newPage();
          context.on('page', (popup) => popup.close().catch(() => {}));
          return await orAborted(use(page), signal);
        } finally {
          await this.#closeOrKill(browser, context.close());
        }
      } finally {
        end();
      }
    };
    const result = work();
    result.catch(() => {}); // a caller that has given up no longer listens
    return { result, done };
  }

  async #closeOrKill(browser: Browser, closing: Promise<void>): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => resolve('late'), CLOSE_MS);
    const outcome = await Promise.race([closing.catch(() => 'late' as const), late]);
    clearTimeout(timer);
    if (outcome !== 'late') return;
    this.#browser = null;
    await browser.close().catch(() => {});
  }

  #open(url: string): Promise<Browser> {
    this.#browser ??= this.#launch(url).catch((error: unknown) => {
      this.#browser = null;
      throw error;
    });
    return this.#browser;
  }

  async #launch(url: string): Promise<Browser> {
    const { chromium } = await loadPlaywright(url);
    const executablePath = this.#options.path ?? findChromium();
    if (executablePath === null) {
      throw missing(
        url,
        'Chromium, which is not on the PATH: install it ("apt-get install chromium"), or name it in MAGPIE_CHROMIUM',
      );
    }
    try {
      const browser = await chromium.launch({
        executablePath,
        args: FLAGS,
        chromiumSandbox: this.#options.sandbox,
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      });
      browser.on('disconnected', () => {
        this.#browser = null;
      });
      return browser;
    } catch (cause) {
      throw missing(url, `a Chromium that starts, and ${executablePath} does not: ${whyNot(cause)}`, cause);
    }
  }

  async #acquirePlace(signal: AbortSignal): Promise<void> {
    clearTimeout(this.#idle);
    signal.throwIfAborted();
    if (this.#nPages < MAX_PAGES) {
      this.#nPages += 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = () => {
      const at = this.#waiting.indexOf(resolve);
      if (at !== -1) this.#waiting.splice(at, 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#waiting.push(resolve);
    await promise.finally(() => signal.removeEventListener('abort', onAbort));
  }

  #releasePlace(): void {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next(); // the place goes on to the next caller
      return;
    }
    this.#nPages -= 1;
    if (this.#nPages === 0) this.#idle = setTimeout(() => this.close().catch(() => {}), IDLE_MS).unref();
  }
}

async function loadPlaywright(url: string): Promise<typeof import('playwright-core')> {
  try {
    return await import('playwright-core');
  } catch (cause) {
    throw missing(url, 'the package playwright-core, which is not installed: "npm install playwright-core"', cause);
  }
}

function findChromium(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return places.find(isExecutable) ?? null;
}

function missing(url: string, what: string, cause?: unknown): FetchError {
  return new FetchError(
    'browser_missing',
    `The pages of ${new URL(url).host} are to be rendered, which needs ${what}.`,
    {
      url,
      ...(cause !== undefined && { cause }),
    },
  );
}

/** The line of Chromium's own output that says it; Playwright adds some fifty others. */
function whyNot(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/no usable sandbox|without --no-sandbox|namespace sandbox/i.test(text)) {
    return 'its sandbox cannot be used here (as root, or in a container that forbids user namespaces); MAGPIE_CHROMIUM_SANDBOX=off goes without it';
  }
  return text.split('\n', 1)[0] ?? text;
}
