import type { Comparison } from '../../shared/api/comparison.ts';
import { database } from '../offline/database.ts';
import type { SavedComparison } from '../offline/schema.ts';

/** About 10 kB each: a few hundred products' worth of offers, without asking for storage. */
const MAX_SAVED = 300;

/** Keeps a comparison on this device, and deletes the oldest beyond the limit. A full disk costs only this copy, so it is not an error. */
export async function saveComparison(query: string, comparison: Comparison): Promise<void> {
  try {
    const transaction = (await database()).transaction('comparisons', 'readwrite');
    const { store } = transaction;
    await store.put({ query, currency: comparison.currency, comparison, saved_at: new Date().toISOString() });
    let surplus = (await store.count()) - MAX_SAVED;
    for (let cursor = await store.index('by_age').openCursor(); cursor !== null && surplus > 0; surplus -= 1) {
      await cursor.delete();
      cursor = await cursor.continue();
    }
    await transaction.done;
  } catch (error) {
    console.warn('This comparison is not kept for offline use:', error);
  }
}

export async function savedComparison(query: string, currency: string): Promise<SavedComparison | null> {
  return (await (await database()).get('comparisons', [query, currency])) ?? null;
}
