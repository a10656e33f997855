const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 5 * 60_000;
/** A server that asks for more is asked again by then. Timers of browsers overflow at 2³¹ ms and then fire at once. */
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * How long to wait before the next try, in ms: doubled with each failure up to five minutes, or what the server asked for.
 * @param nFailures in a row, from 1
 * @param askedMs by `Retry-After`; null: nothing
 */
export function retryDelayMs(nFailures: number, askedMs: number | null): number {
  const backoffMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (nFailures - 1));
  return Math.min(LONGEST_WAIT_MS, Math.max(backoffMs, askedMs ?? 0));
}
