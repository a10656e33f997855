import { ApiError, asError } from '../api/http.ts';
import { onStoreChange } from './changes.ts';
import { setDeliveryFailure } from './delivery-state.ts';
import { flushOutbox } from './flush-outbox.ts';
import { retryDelayMs } from './retry-delay.ts';
import { courier } from './server.ts';

/**
 * Sends the outbox at the start, when something is added, when the network returns, when the page is shown again, and
 * after a failure by a timer (`retry-delay.ts`).
 *
 * @returns stops it
 */
export function startDelivery(options: {
  /** The server has taken something of these shoppers. */
  onDelivered: (shoppers: Set<string>) => void;
}): () => void {
  let running = false;
  let again = false;
  let nFailures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ended = new AbortController();

  async function run(): Promise<void> {
    const shoppers = await flushOutbox(courier);
    nFailures = 0;
    setDeliveryFailure(null);
    if (shoppers.size > 0) options.onDelivered(shoppers);
  }

  function failed(error: unknown): void {
    nFailures += 1;
    timer = setTimeout(flush, retryDelayMs(nFailures, error instanceof ApiError ? error.retryAfterMs : null));
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
  // `activity` and `watches` are announced when the shopper does something; `outbox` also by the flush itself.
  const forget = onStoreChange((change) => {
    if (change !== 'outbox') flush();
  });
  flush();

  return () => {
    ended.abort();
    forget();
    clearTimeout(timer);
  };
}
