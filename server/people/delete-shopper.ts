import { randomUUID } from 'node:crypto';
import type { DeletionReceipt } from '../../shared/api/people.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { Store } from '../store/store.ts';
import { forgetInModels } from './forget-in-models.ts';
import { recommendJobsOf } from './recommend-jobs.ts';

export interface PeopleParts {
  store: Store;
  queue: JobQueue;
  modelsDir: string;
}

/**
 * Deletes all that the server keeps of one shopper: events and what is counted from them, watches, the device, jobs that
 * computed recommendations, factors in model files. Asked for again, it deletes what an interruption has left.
 * @param options.onProgress events deleted so far, and in all.
 */
export async function deleteShopper(
  { store, queue, modelsDir }: PeopleParts,
  userId: string,
  { onProgress }: { onProgress?: (done: number, total: number) => void } = {},
): Promise<DeletionReceipt> {
  const at = new Date();
  const ids = [userId, ...(await store.links.earlierIds(userId))];
  const wasDeleted = (await store.shoppers.deletedAmong([userId])).has(userId);
  const mayBeInModels = wasDeleted || (await store.shoppers.countEvents(userId)) > 0;
  const { events, watches, devices } = await store.shoppers.remove(userId, {
    at,
    ...(onProgress !== undefined && { onProgress }),
  });
  const jobs = (await Promise.all(ids.map((id) => recommendJobsOf(queue, id)))).flat();
  for (const { id } of jobs) await queue.remove(id);
  const models = mayBeInModels ? await forgetInModels(store, modelsDir, ids) : 0;
  // Last of all: until then a device of the shopper can ask again for what an interruption has left.
  const nLinked = await store.links.removeAll(userId, at);
  return {
    receipt_id: randomUUID(),
    user_id: userId,
    deleted_at: at.toISOString(),
    deleted: { events, watches, devices: Math.max(devices, nLinked), recommendation_jobs: jobs.length, models },
  };
}
