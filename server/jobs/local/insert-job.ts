import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { AddOptions, Turn } from '../job-queue.ts';
import { placeOf } from '../turns.ts';
import type { JobTables } from './tables.ts';

/** Undefined where a live job has the deduplication id. */
export async function insertJob(
  transaction: Transaction<JobTables>,
  name: string,
  payload: unknown,
  { deduplicationId, delayMs = 0, attempts = 1, turn }: AddOptions,
): Promise<{ id: string } | undefined> {
  const place = turn === undefined ? 0 : placeOf(turn, await countWaiting(transaction, name, turn));
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
      client: turn?.client ?? null,
      place,
      run_at: now + delayMs,
      delay_ms: delayMs,
      created_at: now,
      revision: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
}

async function countWaiting(
  transaction: Transaction<JobTables>,
  name: string,
  { client }: Turn,
): Promise<{ overall: number; ofClient: number }> {
  return transaction
    .selectFrom('jobs')
    .select(({ fn }) => [
      fn.countAll<number>().as('overall'),
      fn.countAll<number>().filterWhere('client', '=', client).as('ofClient'),
    ])
    .where('name', '=', name)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
}

/** JSON has no undefined. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}
