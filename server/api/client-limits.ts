import type { Context } from 'hono';
import { isLocalRequest, type Listening } from '../access/client-address.ts';
import type { Asker } from '../comparison/comparisons.ts';
import { BUDGETS, type BudgetName, OPEN_STREAMS } from '../limits/budgets.ts';
import { LimitReachedError, type RateLimiter } from '../limits/rate-limiter.ts';
import { clientKey } from './client-key.ts';

/** When a client that has all its streams open may try again: one of them may have ended by then. */
const STREAM_RETRY_MS = 5_000;

/** Counts requests against the budgets of those who send them. */
export class ClientLimits {
  readonly #limiter: RateLimiter;
  readonly #listening: Listening;
  readonly #nStreams = new Map<string, number>();

  constructor(limiter: RateLimiter, listening: Listening) {
    this.#limiter = limiter;
    this.#listening = listening;
  }

  /** @throws LimitReachedError where the client's budget does not suffice. */
  async take(c: Context, name: BudgetName, cost = 1): Promise<void> {
    const { points, windowS, onLoopback } = BUDGETS[name];
    if (this.#isFree(c, onLoopback)) return;
    const kind = kindOf(c);
    const allowance = { name: kind === 'key' ? `${name} by key` : name, points: points[kind], windowS };
    await this.#limiter.take(allowance, clientKey(c), cost);
  }

  /**
   * Counts an event stream as open until the function that it returns is called.
   * @throws LimitReachedError where the client has as many open as it may.
   */
  openStream(c: Context): () => void {
    if (this.#isFree(c, false)) return () => {};
    const client = clientKey(c);
    const points = OPEN_STREAMS[kindOf(c)];
    const nOpen = this.#nStreams.get(client) ?? 0;
    if (nOpen >= points) {
      throw new LimitReachedError({ name: 'open event streams', points, windowS: 0 }, STREAM_RETRY_MS);
    }
    this.#nStreams.set(client, nOpen + 1);
    return () => {
      const left = (this.#nStreams.get(client) ?? 0) - 1;
      if (left > 0) this.#nStreams.set(client, left);
      else this.#nStreams.delete(client);
    };
  }

  /** The client as comparisons count it: a new job costs its budget, and waits in its turn. */
  asker(c: Context): Asker {
    return { client: clientKey(c), beforeNewJob: () => this.take(c, 'comparisons') };
  }

  #isFree(c: Context, onLoopback: boolean): boolean {
    if (c.get('caller').kind === 'operator') return true;
    return !onLoopback && isLocalRequest(this.#listening, c.get('client'));
  }
}

function kindOf(c: Context): 'address' | 'key' {
  return c.get('caller').kind === 'key' ? 'key' : 'address';
}
