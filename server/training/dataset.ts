import { buildInteractions } from '../../shared/recommender/interactions/build-interactions.ts';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import { TripleBuffer } from '../../shared/recommender/interactions/triples.ts';
import { preferencesFor } from '../../shared/shopper/preferences.ts';
import type { Store } from '../store/store.ts';
import { EventColumns } from './event-columns.ts';

/**
 * The store's events as interactions. Events are held once, as numbers; titles and texts are not.
 * @param upTo position of the last event that counts, so that the same dataset can be had again
 * @param onProgress events read so far, and in all.
 * @throws RangeError for more shoppers or items than an `IdMap` holds
 */
export async function datasetFromStore(
  store: Store,
  feedback: 'explicit' | 'implicit',
  upTo: number,
  onProgress?: (read: number, total: number) => void,
): Promise<Dataset> {
  const { events: total } = await store.events.count();
  const columns = new EventColumns();
  let read = 0;
  for await (const batch of store.events.scan({ upTo })) {
    for (const { userId, itemId, type, value, occurredAt } of batch) {
      columns.add(userId, { itemId, type, value, at: occurredAt.getTime() });
    }
    read += batch.length;
    onProgress?.(read, total);
  }

  const users = new IdMap();
  const items = new IdMap();
  const triples = new TripleBuffer();
  for (const [userId, events] of columns.byUser()) {
    // Arrival order is not the order in which things happened: a phone hands its events over when it is online again.
    events.sort((a, b) => a.at - b.at);
    for (const [itemId, { value }] of preferencesFor(feedback)(events)) {
      triples.add(users.intern(userId), items.intern(itemId), value);
    }
  }
  const shape = { nUsers: users.size, nItems: items.size };
  return { users, items, interactions: buildInteractions(triples.triples(), shape, 'last') };
}
