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
  /** Exact origins that may be fetched though their address is not public: shops on the operator's own network. */
  allowedOrigins?: Iterable<string>;
  /** Origins that may be fetched, besides, for callers who have proven nothing: the demo shops. */
  openOrigins?: Iterable<string>;
  /**
   * Sends everything but the allowed origins through this proxy. It is the proxy then that looks names up and connects,
   * so it has to refuse private addresses itself; a name that leads to one here too is refused before it is asked.
   */
  proxyUrl?: string;
  /** How names become addresses; the system's resolver by default. */
  lookup?: LookupFunction;
}

/** The way to the world for those who may reach the same private origins. */
interface Way {
  allowedOrigins: ReadonlySet<string>;
  direct: Dispatcher;
}

/** The server's connections to the world: what leaves through here has been judged twice, as a URL and at connect. */
export class Gateway {
  readonly #lookup: LookupFunction;
  readonly #own: Way;
  readonly #forAnyone: Way;
  readonly #proxy: Dispatcher | null;

  constructor({ allowedOrigins = [], openOrigins = [], ...options }: GatewayOptions) {
    this.#lookup = options.lookup ?? systemLookup;
    this.#forAnyone = this.#way(new Set(openOrigins));
    this.#own = this.#way(new Set([...allowedOrigins, ...openOrigins]));
    this.#proxy = options.proxyUrl === undefined ? null : new ProxyAgent({ uri: options.proxyUrl });
  }

  /**
   * Judges a URL as far as that can be done without a connection.
   * @param forAnyone as `FetchOptions.forAnyone`
   * @throws FetchError
   */
  async check(url: URL, forAnyone: boolean): Promise<void> {
    const { allowedOrigins } = this.#wayFor(forAnyone);
    const verdict = checkUrl(url.href, allowedOrigins);
    if (!verdict.allowed) throw refusalError(verdict, url.href);
    if (this.#proxy === null || allowedOrigins.has(url.origin)) return;
    try {
      await assertPublicName(url.hostname, this.#lookup);
    } catch (cause) {
      if (!(cause instanceof BlockedAddressError)) throw cause;
      throw new FetchError('blocked_address', `Not fetched: ${cause.message}.`, { url: url.href, cause });
    }
  }

  /** Whether a private address may be fetched that is not open to everybody. */
  isOwn({ origin }: URL): boolean {
    return this.#own.allowedOrigins.has(origin) && !this.#forAnyone.allowedOrigins.has(origin);
  }

  /** One request and its answer. @throws FetchError */
  send(request: HttpRequest, deadline: Deadline, forAnyone: boolean): Promise<HttpResponse> {
    const { allowedOrigins, direct } = this.#wayFor(forAnyone);
    const dispatcher = this.#proxy !== null && !allowedOrigins.has(request.url.origin) ? this.#proxy : direct;
    return sendRequest(dispatcher, request, deadline);
  }

  /** Ends all connections, and the requests on them. */
  async close(): Promise<void> {
    await Promise.all([this.#own.direct.destroy(), this.#forAnyone.direct.destroy(), this.#proxy?.destroy()]);
  }

  #wayFor(forAnyone: boolean): Way {
    return forAnyone ? this.#forAnyone : this.#own;
  }

  /** Each has connections of its own: one that was opened to a private address is not used for anyone. */
  #way(allowedOrigins: ReadonlySet<string>): Way {
    const connect = guardedConnector({ allowedOrigins, lookup: this.#lookup, connectTimeoutMs: CONNECT_TIMEOUT_MS });
    return { allowedOrigins, direct: new Agent({ connect }) };
  }
}
