import { ApiError, asError, postJson } from '../api/http.ts';
import { EVENT_RECEIPTS } from '../api/shapes.ts';
import { onStoreChange } from './changes.ts';
import { setDeliveryFailure } from './delivery-state.ts';
import { flushOutbox } from './outbox.ts';

const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 5 * 60_000;

/**
 * Sends the outbox at the start, when something is added, when the network returns, when the page is shown again, and
 * after a failure by a timer that doubles up to five minutes or obeys `Retry-After`.
 *
 * @returns stops it
 */
export function startDelivery(options: {
  /** The server has taken events of these shoppers. */
  onDelivered: (shoppers: Set<string>) => void;
}): () => void {
  let running = false;
  let again = false;
  let nFailures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ended = new AbortController();

  async function run(): Promise<void> {
    const shoppers = await flushOutbox((events) => postJson('/events', { body: { events } }, EVENT_RECEIPTS));
    nFailures = 0;
    setDeliveryFailure(null);
    if (shoppers.size > 0) options.onDelivered(shoppers);
  }

  function failed(error: unknown): void {
    nFailures += 1;
    const backoffMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (nFailures - 1));
    const askedMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
    timer = setTimeout(flush, Math.max(backoffMs, askedMs));
    setDeliveryFailure(asError(error));
  }

  /** Sends the outbox now. Calls during a run make one more run after it. */
  function flush(): void {
    if (ended.signal.aborted) return;
    if (running) {
      again = true;
      return;
    }
    if (!navigator.onLine) return;
    clearTimeout(timer);
    running = true;
    run()
      .catch(failed)
      .finally(() => {
        running = false;
        if (again) {
          again = false;
          flush();
        }
      });
  }

  const { signal } = ended;
  window.addEventListener('online', flush, { signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && flush(), { signal });
  // `activity` is announced when the shopper does something; `outbox` also by the flush itself.
  const forget = onStoreChange((change) => {
    if (change === 'activity' || change === 'settings') flush();
  });
  flush();

  return () => {
    ended.abort();
    forget();
    clearTimeout(timer);
  };
}
