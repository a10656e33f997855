import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { checkUrl, refusalError } from './address-guard.ts';
import type { Deadline } from './deadline.ts';
import { FetchError } from './fetch-error.ts';
import { assertPublicName, BlockedAddressError, guardedConnector } from './guarded-connector.ts';
import { type HttpRequest, type HttpResponse, sendRequest } from './send-request.ts';

const CONNECT_TIMEOUT_MS = 5_000;

export interface GatewayOptions {
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

/** The server's connections to the world: what leaves through here has been judged twice, as a URL and at connect. */
export class Gateway {
  readonly #allowedOrigins: ReadonlySet<string>;
  readonly #lookup: LookupFunction;
  readonly #direct: Dispatcher;
  readonly #proxy: Dispatcher | null;

  constructor(options: GatewayOptions) {
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
  }

  /** Judges a URL as far as that can be done without a connection. @throws FetchError */
  async check(url: URL): Promise<void> {
    const verdict = checkUrl(url.href, this.#allowedOrigins);
    if (!verdict.allowed) throw refusalError(verdict, url.href);
    if (!this.#goesThroughProxy(url)) return;
    try {
      await assertPublicName(url.hostname, this.#lookup);
    } catch (cause) {
      if (!(cause instanceof BlockedAddressError)) throw cause;
      throw new FetchError('blocked_address', `Not fetched: ${cause.message}.`, { url: url.href, cause });
    }
  }

  /** One request and its answer. @throws FetchError */
  send(request: HttpRequest, deadline: Deadline): Promise<HttpResponse> {
    const dispatcher = this.#proxy !== null && this.#goesThroughProxy(request.url) ? this.#proxy : this.#direct;
    return sendRequest(dispatcher, request, deadline);
  }

  /** Ends all connections, and the requests on them. */
  async close(): Promise<void> {
    await Promise.all([this.#direct.destroy(), this.#proxy?.destroy()]);
  }

  #goesThroughProxy(url: URL): boolean {
    return this.#proxy !== null && !this.#allowedOrigins.has(url.origin);
  }
}
