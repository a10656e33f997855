import { mkdir } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';

/** Runs a command's work on the store, beside a running server or not, and closes the store again. */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  await mkdir(config.dataDir, { recursive: true });
  const store = await openStore(config);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
