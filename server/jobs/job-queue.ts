import type { JobState } from '../../shared/api/jobs.ts';

/** One message of a job's event stream. Ids ascend within a job, so that a reader resumes after the last it has seen. */
export interface JobEvent {
  id: string;
  /** `progress`, a name that the handler chose (`shop`), or one of the last three, which end the stream. */
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

export interface AddOptions {
  /** While a job with this id is waiting or active, adding gives that job instead of a new one: the single-flight. */
  deduplicationId?: string;
  delayMs?: number;
  /** How often it may be tried in all; 1 unless told. */
  attempts?: number;
}

/** Jobs by name. Adapters: `local` (kept in the store, so that they survive a restart) and `bullmq` (Redis). */
export interface JobQueue {
  add(name: string, payload: unknown, options?: AddOptions): Promise<{ id: string; deduplicated: boolean }>;
  get(id: string): Promise<JobRecord | null>;
  /** Newest first. */
  list(filter?: { state?: JobState; name?: string; limit?: number }): Promise<JobRecord[]>;
  /** All events after `after` (from the first where it is null), those to come included; ends after a final event. */
  events(id: string, options?: { after?: string | null; signal?: AbortSignal }): AsyncIterable<JobEvent>;
  cancel(id: string): Promise<boolean>;
  retry(id: string): Promise<boolean>;
  /** Runs `name`'s jobs in this process. @param concurrency how many at once. */
  work(name: string, handler: JobHandler<never>, options?: { concurrency?: number }): void;
  /** Adds a job of this name every `everyMs`; one schedule per id. */
  schedule(id: string, name: string, payload: unknown, everyMs: number): Promise<void>;
  /** Stops taking jobs, waits for the running ones up to the deadline, then gives them back. */
  close(deadlineMs?: number): Promise<void>;
}
