import type { Config } from '../config.ts';
import { openCommandLog } from '../logging/log.ts';
import { OperatorError } from '../operator-error.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { UnavailableError } from '../unavailable-error.ts';

/**
 * Runs a command's work on the store, beside a running server or not, and closes the store again.
 * @param waitMs how long it waits for a database that is away: for commands that no person waits for.
 */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>, waitMs = 0): Promise<T> {
  const start = { log: openCommandLog(config.log), waitMs };
  const store = await openStore({ ...config, start }).catch((error: Error) => {
    if (error instanceof UnavailableError) throw error;
    throw new OperatorError(error.message, { cause: error });
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
