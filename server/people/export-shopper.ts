import type { ExportedShopper } from '../../shared/api/people.ts';
import { toWireWatch } from '../api/wire-watch.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { Store } from '../store/store.ts';
import { recommendJobsOf } from './recommend-jobs.ts';

type ExportedEvent = ExportedShopper['events'][number];

/**
 * All that the server keeps of one shopper, as the pieces of one JSON document (`exportedShopperSchema`). Events are read
 * page by page, so that memory does not grow with their number.
 */
export async function* exportShopper(
  { store, queue }: { store: Store; queue: JobQueue },
  userId: string,
): AsyncGenerator<string> {
  const [device, watches, changes, jobs, isPublic, nEvents, linked, earlierIds] = await Promise.all([
    store.shoppers.device(userId),
    store.watches.ofUser(userId),
    store.changes.watches(userId),
    recommendJobsOf(queue, userId),
    store.publicShoppers.has(userId),
    store.shoppers.countEvents(userId),
    store.links.ofShopper(userId),
    store.links.earlierIds(userId),
  ]);
  const head: Omit<ExportedShopper, 'events'> = {
    format: 'magpie-shopper-1',
    user_id: userId,
    exported_at: new Date().toISOString(),
    public: isPublic,
    device: device && { address_group: device.addressGroup, created_at: device.createdAt.toISOString() },
    linked_devices: linked.map(({ deviceId, name, linkedAt, lastSeenAt }) => ({
      ...{ device_id: deviceId, name, linked_at: linkedAt.toISOString(), last_seen_at: lastSeenAt.toISOString() },
    })),
    earlier_ids: earlierIds,
    n_events: nEvents,
    watches: watches.map(toWireWatch),
    formerly_watched: changes
      .filter(({ isWatched }) => !isWatched)
      .map(({ productId, changedAt }) => ({ product_id: productId, removed_at: changedAt.toISOString() })),
    recommendation_jobs: jobs.map(({ id, state, createdAt, payload, result }) => ({
      ...{ job_id: id, state, created_at: createdAt.toISOString(), payload, result: result ?? null },
    })),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"events":[`;
  let separator = '\n';
  for await (const batch of store.shoppers.events(userId)) {
    const events = batch.map(
      ({ id, itemId, type, value, occurredAt, source }): ExportedEvent => ({
        ...{ id, item_id: itemId, type, value, occurred_at: occurredAt.toISOString(), source },
      }),
    );
    yield separator + events.map((event) => JSON.stringify(event)).join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}
