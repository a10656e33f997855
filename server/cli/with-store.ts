import type { Config } from '../config.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { CliError } from './output.ts';

/** Runs a command's work on the store, beside a running server or not, and closes the store again. */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(config).catch((error: Error) => {
    throw new CliError(error.message, { cause: error });
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
