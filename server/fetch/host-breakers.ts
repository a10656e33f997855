import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { FetchError } from './fetch-error.ts';

/** So many failures in a row say that the host is down, not that one page is. */
const FAILURES_TO_OPEN = 5;

/** How long a host that is down is left alone before one request tries it again. */
const OPEN_MS = 30_000;

/** A request that our own deadline cut short says something of the host only when it had this long to answer. */
const FAIR_CHANCE_MS = 3_000;

/** Hosts remembered at once; one forgotten starts closed again. */
const MAX_HOSTS = 10_000;

/** A circuit breaker per host: after repeated failures its requests fail at once, until it has had time to recover. */
export class HostBreakers {
  readonly #hosts = new LRUCache<string, HostBreaker>({ max: MAX_HOSTS });

  /** @throws FetchError `breaker_open` without calling `request`, or what `request` throws. */
  async run<T>(url: URL, request: () => Promise<T>): Promise<T> {
    const breaker = this.#breaker(url.host);
    const startedAtMs = performance.now();
    try {
      return await breaker.policy.execute(async () => {
        try {
          return await request();
        } catch (error) {
          throw isHostFault(error, performance.now() - startedAtMs) ? new HostFault(error) : error;
        }
      });
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw openError(url, breaker);
      throw error instanceof HostFault ? error.cause : error;
    }
  }

  /** For those about to queue for a host: no waiting for what will be refused. @throws FetchError `breaker_open` */
  refuseIfOpen(url: URL): void {
    const breaker = this.#hosts.get(url.host);
    if (breaker?.policy.state === CircuitState.Open && breaker.retryAfterMs() > 0) throw openError(url, breaker);
  }

  #breaker(host: string): HostBreaker {
    let breaker = this.#hosts.get(host);
    if (breaker === undefined) {
      breaker = new HostBreaker();
      this.#hosts.set(host, breaker);
    }
    return breaker;
  }
}

class HostBreaker {
  #openedAtMs = 0;
  readonly policy: CircuitBreakerPolicy = circuitBreaker(
    handleWhen((error) => error instanceof HostFault),
    { breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN), halfOpenAfter: OPEN_MS },
  );

  constructor() {
    this.policy.onBreak(() => {
      this.#openedAtMs = Date.now();
    });
  }

  retryAfterMs(): number {
    return Math.max(0, this.#openedAtMs + OPEN_MS - Date.now());
  }
}

/** Marks a failure that the host answers for. */
class HostFault extends Error {
  constructor(cause: unknown) {
    super('host fault', { cause });
  }
}

/** A 404 is an answer, a 429 asks for a pause, which the pacer keeps; only a host that does not work counts here. */
function isHostFault(error: unknown, elapsedMs: number): boolean {
  if (!(error instanceof FetchError)) return false;
  if (error.reason === 'http_status') return error.status !== null && error.status >= 500;
  if (error.reason === 'timeout') return elapsedMs >= FAIR_CHANCE_MS;
  return error.reason === 'connection' || error.reason === 'dns' || error.reason === 'tls';
}

function openError(url: URL, breaker: HostBreaker): FetchError {
  const retryAfterMs = breaker.retryAfterMs();
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new FetchError('breaker_open', `${url.host} failed repeatedly and is left alone for another ${seconds} s.`, {
    url: url.href,
    retryAfterMs,
  });
}
