import { type Generated, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Instants are milliseconds since 1970; payloads, results and event data are JSON. */
export interface JobTables {
  jobs: {
    /** UUIDv7: ascends with time. */
    id: string;
    name: string;
    payload: string;
    /** `run_at` tells `delayed` from `waiting`. */
    state: 'waiting' | 'active' | 'completed' | 'failed' | 'cancelled';
    /** 0…1 */
    progress: number | null;
    deduplication_id: string | null;
    /** Begun so far, the running one included. */
    attempts: number;
    max_attempts: number;
    /** Whose turn it takes, and the place that this gave it (`turns.ts`): lower ones run first. */
    client: string | null;
    place: Generated<number>;
    run_at: number;
    /** How long after the date of that moment `run_at` was put: it is never further away than that. */
    delay_ms: Generated<number>;
    created_at: number;
    started_at: number | null;
    finished_at: number | null;
    result: string | null;
    error: string | null;
    /** The worker that runs it: `worker-identity.ts`. */
    worker: string | null;
    /** Its worker adds to it while it runs the job; others watch whether it changes (`silence-watch.ts`). */
    heartbeat: Generated<number>;
    /** Counts changes and events; the id of the event that each change made. */
    revision: number;
  };
  job_events: { job_id: string; revision: number; type: string; data: string };
  job_schedules: { id: string; name: string; payload: string; every_ms: number; next_run_at: number };
  /** Workers, and when each last showed that it lives. */
  job_workers: { id: string; seen_at: number };
}

export const JOB_MIGRATIONS: Record<string, Migration> = {
  '0001_first_tables': { up: createFirstTables },
  '0002_workers': { up: createWorkers },
  '0003_turns': { up: addTurns },
  '0004_heartbeats': { up: replaceLeases },
};

async function createFirstTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('progress', 'double precision')
    .addColumn('deduplication_id', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('max_attempts', 'integer', (column) => column.notNull())
    .addColumn('run_at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addColumn('result', 'text')
    .addColumn('error', 'text')
    .addColumn('worker', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .execute();
  // The single-flight: the database itself refuses a second live job of a deduplication id.
  await schema
    .createIndex('jobs_single_flight')
    .unique()
    .on('jobs')
    .columns(['name', 'deduplication_id'])
    .where(sql<boolean>`deduplication_id is not null and state in ('waiting', 'active')`)
    .execute();
  await schema.createIndex('jobs_by_state').on('jobs').columns(['state', 'name', 'run_at']).execute();
  await schema.createIndex('jobs_by_age').on('jobs').columns(['created_at', 'id']).execute();
  await schema.createIndex('jobs_finished').on('jobs').columns(['name', 'finished_at']).execute();

  await schema
    .createTable('job_events')
    .addColumn('job_id', 'text', (column) => column.notNull().references('jobs.id').onDelete('cascade'))
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('job_events_key', ['job_id', 'revision'])
    .execute();

  await schema
    .createTable('job_schedules')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('every_ms', 'bigint', (column) => column.notNull())
    .addColumn('next_run_at', 'bigint', (column) => column.notNull())
    .execute();
}

async function createWorkers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('job_workers')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .execute();
}

async function addTurns({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('jobs').addColumn('client', 'text').execute();
  await schema
    .alterTable('jobs')
    .addColumn('place', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}

/** A job that runs keeps its worker: whether that one lives is found out anew, from now on. */
async function replaceLeases({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('jobs').dropColumn('lease_until').execute();
  for (const name of ['heartbeat', 'delay_ms']) {
    await schema
      .alterTable('jobs')
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
  }
}
