import type { JobState } from '../../shared/api/jobs.ts';

/** One message of a job's event stream. Ids ascend within a job, so that a reader resumes after the last it has seen. */
export interface JobEvent {
  id: string;
  /**
   * `progress` (its data is the share, 0…1), a name that the handler chose (`shop`), or one of the last three, which end
   * the stream: `completed` with `{result}`, `failed` with `{error}`, `cancelled`.
   */
  type: string;
  data: unknown;
}
export const FINAL_EVENTS: readonly string[] = ['completed', 'failed', 'cancelled'];

export interface JobRecord {
  id: string;
  name: string;
  payload: unknown;
  state: JobState;
  progress: number | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  result: unknown;
  error: string | null;
  attempts: number;
}

/** What a handler gets. The promise that it returns is the job's result (JSON). */
export interface JobContext<Payload> {
  id: string;
  /** How often the job has been begun, this time included: from 1. */
  attempt: number;
  payload: Payload;
  /** Aborted when the job is cancelled or the worker's lease is lost. */
  signal: AbortSignal;
  /** Appends to the job's event stream. */
  emit(type: string, data: unknown): Promise<void>;
  /** 0…1 */
  progress(share: number): Promise<void>;
}
export type JobHandler<Payload = unknown> = (job: JobContext<Payload>) => Promise<unknown>;

/** A refusal that no retry can mend (unknown product, bad payload): the job fails at once. */
export class UnretryableError extends Error {
  override readonly name = 'UnretryableError';
}

/** The queue has as many waiting jobs of the name as it may: of all clients, or of this one. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
  readonly ofClient: boolean;
  readonly max: number;

  constructor(max: number, ofClient: boolean) {
    super(`${max} jobs ${ofClient ? 'of this client ' : ''}wait already`);
    this.max = max;
    this.ofClient = ofClient;
  }
}

/**
 * Clients take turns: one's second waiting job goes behind the first ones of all others, its third behind their second
 * ones, and so on. Jobs without a turn go among the first ones.
 */
export interface Turn {
  client: string;
  /** Nothing waits for it: it goes behind the first ten of each client. */
  background?: boolean;
  /** Jobs of the name that may wait. Processes that add in the same instant may exceed it by one each. */
  maxWaiting: { perClient: number; overall: number };
}

export interface AddOptions {
  /**
   * While a job of this name and id waits or runs, adding gives that job instead of a new one: the single-flight. It
   * ends with the job, or with its cancellation.
   */
  deduplicationId?: string;
  delayMs?: number;
  /** How often it may be tried in all; 1 by default. An attempt in which the worker was killed counts. */
  attempts?: number;
  turn?: Turn;
}

/** How many jobs of a name there are that have not ended. */
export interface JobCounts {
  name: string;
  /** Those that may run now, not those that wait for their time. */
  waiting: number;
  active: number;
  /** Since when the one that has waited longest may run; null: none waits. */
  oldestWaitingSince: Date | null;
}

/** A process that runs jobs, as it last showed itself. */
export interface WorkerSign {
  id: string;
  seenAt: Date;
}

/** Jobs by name. Adapters: `local` (kept in the store, so that they survive a restart) and `bullmq` (Redis). */
export interface JobQueue {
  /** @throws QueueFullError where the turn's bounds leave no room for a new job. */
  add(name: string, payload: unknown, options?: AddOptions): Promise<{ id: string; deduplicated: boolean }>;
  /** The job that waits or runs under a deduplication id. */
  live(name: string, deduplicationId: string): Promise<string | null>;
  get(id: string): Promise<JobRecord | null>;
  /** Newest first. */
  list(filter?: { state?: JobState; name?: string; limit?: number }): Promise<JobRecord[]>;
  /**
   * All events after `after` (from the first where it is null), those to come included. Ends after a final event, when
   * the signal is aborted, and at once where there is no such job.
   */
  events(id: string, options?: { after?: string | null; signal?: AbortSignal }): AsyncIterable<JobEvent>;
  /** Takes a job out of the queue, or aborts its handler's signal wherever it runs. False: there is none, or it is done. */
  cancel(id: string): Promise<boolean>;
  /** Cancels a job where it waits or runs, and forgets it with its payload, events and result. False: there is none. */
  remove(id: string): Promise<boolean>;
  /** Puts a job that failed or was cancelled back, with all its attempts. False: there is no such job. */
  retry(id: string): Promise<boolean>;
  /** Of each name that has jobs which have not ended. */
  counts(): Promise<JobCounts[]>;
  /**
   * Workers of all processes. Each shows itself three times within `LEASE_MS`, and is left out once it has stopped; one
   * that was killed stands there for some minutes, with an old sign. @throws when the queue's storage does not answer.
   */
  workers(): Promise<WorkerSign[]>;
  /** Runs `name`'s jobs in this process. @param concurrency how many at once. */
  work(name: string, handler: JobHandler<never>, options?: { concurrency?: number }): void;
  /**
   * Adds a job of this name now and every `everyMs`; one schedule per id. Asked for again with the same interval (after a
   * restart), it goes on as it was. A job that still waits or runs when the next one is due stands for it.
   */
  schedule(id: string, name: string, payload: unknown, everyMs: number): Promise<void>;
  /** Stops taking jobs, waits for the running ones up to the deadline, then gives them back. */
  close(deadlineMs?: number): Promise<void>;
}
