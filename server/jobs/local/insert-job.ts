import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { AddOptions } from '../job-queue.ts';
import type { JobTables } from './tables.ts';

/** Undefined where a live job has the deduplication id. */
export async function insertJob(
  transaction: Transaction<JobTables>,
  name: string,
  payload: unknown,
  { deduplicationId, delayMs = 0, attempts = 1 }: AddOptions,
): Promise<{ id: string } | undefined> {
  const now = Date.now();
  return transaction
    .insertInto('jobs')
    .values({
      id: uuidv7(),
      name,
      payload: toJson(payload),
      state: 'waiting',
      deduplication_id: deduplicationId ?? null,
      attempts: 0,
      max_attempts: attempts,
      run_at: now + delayMs,
      created_at: now,
      revision: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
}

/** JSON has no undefined. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}
