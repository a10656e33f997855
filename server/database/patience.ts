import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailableError } from '../unavailable-error.ts';
import { ConnectionLostError } from './postgres-sessions.ts';

/** How long a call waits for a server that is away, from when it began. A restart takes one to three seconds. */
const PATIENCE_MS = 5_000;
/** A long transaction that is lost gets at least so long to begin anew. */
const MIN_PATIENCE_MS = 2_000;
const FIRST_RETRY_DELAY_MS = 50;
const MAX_RETRY_DELAY_MS = 500;

/**
 * Tries again while the connection is lost, for some five seconds. What had already sent its COMMIT is tried again only
 * where doing it twice is as doing it once.
 * @throws StoreUnavailableError
 */
export async function untilAnswered<T>(work: () => Promise<T>, { idempotent = true } = {}): Promise<T> {
  let giveUpAt: number | null = null;
  let mayBeKept = false;
  for (let delayMs = FIRST_RETRY_DELAY_MS; ; delayMs = Math.min(2 * delayMs, MAX_RETRY_DELAY_MS)) {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof ConnectionLostError)) throw cause;
      mayBeKept ||= cause.commitSent;
      if (mayBeKept && !idempotent) throw new StoreUnavailableError({ mayBeKept, cause });
      const now = performance.now();
      giveUpAt ??= Math.max(cause.sentAt + PATIENCE_MS, now + MIN_PATIENCE_MS);
      if (now + delayMs >= giveUpAt) throw new StoreUnavailableError({ mayBeKept, cause });
      await delay(delayMs * (0.5 + Math.random() / 2));
    }
  }
}
