import type { Config } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';

/** Runs a command's work on the store, beside a running server or not, and closes the store again. */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(config).catch((error: Error) => {
    throw new OperatorError(error.message, { cause: error });
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
