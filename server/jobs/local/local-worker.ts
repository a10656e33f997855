import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import { UnavailableError } from '../../unavailable-error.ts';
import { errorSentence } from '../error-sentence.ts';
import { type JobContext, type JobHandler, UnretryableError } from '../job-queue.ts';
import { RENEWAL_MS, retryDelayMs } from '../limits.ts';
import { JobClaims, type Outcome } from './job-claims.ts';
import { JobSchedules } from './job-schedules.ts';
import type { JobRow } from './job-table.ts';
import { pruneJobs } from './prune-jobs.ts';
import type { JobTables } from './tables.ts';
import { newWorkerId } from './worker-identity.ts';
import { WorkerSigns } from './worker-signs.ts';

/** How soon work and cancellations from other processes are seen; from this one they are at once. */
const POLL_MS = 200;
/** How soon the jobs of a process that died are taken over, and how exact schedules are. */
const SWEEP_MS = 1_000;
const PRUNE_MS = 60_000;
/** How soon a job's end is written again after the database was waited for in vain. */
const FINISH_AGAIN_MS = 500;

interface Station {
  handler: JobHandler<never>;
  concurrency: number;
  running: number;
  /** The claim in progress. */
  filling: Promise<void> | null;
  /** A job may have come since the last claim began. */
  woken: boolean;
}

/** Takes jobs from the database and runs them in this process. */
export class LocalWorker {
  readonly #id = newWorkerId();
  readonly #database: Database<JobTables>;
  readonly #claims: JobClaims;
  readonly #schedules: JobSchedules;
  readonly #signs: WorkerSigns;
  readonly #changed: (jobId: string) => void;
  readonly #onFailure: (error: unknown) => void;
  readonly #stations = new Map<string, Station>();
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #heartbeatMs: number;
  #closed = false;

  /**
   * @param leaseMs after how long without a heartbeat a worker is taken for dead; it gives three within that.
   * @param changed called with each job that has a new state or event.
   * @param onFailure called when the database fails in the background.
   */
  constructor(
    database: Database<JobTables>,
    {
      leaseMs,
      changed,
      onFailure,
    }: { leaseMs: number; changed: (jobId: string) => void; onFailure: (error: unknown) => void },
  ) {
    this.#database = database;
    this.#heartbeatMs = leaseMs / 3;
    this.#claims = new JobClaims(database, leaseMs);
    this.#schedules = new JobSchedules(database);
    this.#signs = new WorkerSigns(database);
    this.#changed = changed;
    this.#onFailure = onFailure;
  }

  work(name: string, handler: JobHandler<never>, concurrency: number): void {
    this.#stations.set(name, { handler, concurrency, running: 0, filling: null, woken: false });
    if (this.#timers.length === 0) this.#startTimers();
    this.wake(name);
  }

  /** There may be a job of this name. */
  wake(name: string): void {
    const station = this.#stations.get(name);
    if (station === undefined) return;
    station.woken = true;
    if (station.filling === null) this.#inBackground(() => this.#fill(name, station));
  }

  /** Aborts the job's handler if it runs here. */
  abort(jobId: string): void {
    this.#running.get(jobId)?.abort.abort(new Error('the job was cancelled'));
  }

  async close(deadlineMs: number): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#stations.size > 0) await this.#signs.remove(this.#id).catch(this.#onFailure);
    await Promise.allSettled([...this.#stations.values()].map(({ filling }) => filling));
    if (this.#running.size === 0) return;
    const heartbeat = setInterval(() => this.#beat().catch(this.#onFailure), this.#heartbeatMs);
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, deadlineMs);
    await Promise.race([Promise.all([...this.#running.values()].map(({ done }) => done)), deadline.promise]);
    clearTimeout(timer);
    clearInterval(heartbeat);
    const late = [...this.#running];
    for (const [, { abort }] of late) abort.abort(new Error('the worker is stopping; the job is given back'));
    await this.#claims.giveBack(this.#id);
    for (const [jobId] of late) this.#changed(jobId);
  }

  #startTimers(): void {
    this.#timers.push(
      this.#every(POLL_MS, () => this.#poll()),
      this.#every(SWEEP_MS, () => this.#sweep()),
      this.#every(this.#heartbeatMs, () => this.#beat()),
      this.#every(RENEWAL_MS, () => this.#signs.give(this.#id)),
      this.#every(PRUNE_MS, async () => {
        for (const name of this.#stations.keys()) await pruneJobs(this.#database, name);
      }),
    );
    this.#inBackground(() => this.#sweep());
    this.#inBackground(() => this.#signs.give(this.#id));
  }

  /** Only of jobs that really run: one whose end could not be written (a full disk) is not held for ever. */
  async #beat(): Promise<void> {
    if (this.#running.size > 0) await this.#claims.beat(this.#id, [...this.#running.keys()]);
  }

  async #poll(): Promise<void> {
    for (const name of await this.#claims.due()) this.wake(name);
    if (this.#running.size === 0) return;
    const running = [...this.#running];
    const held = await this.#claims.heldBy(this.#id);
    for (const [jobId, { abort }] of running) {
      if (!held.has(jobId) && this.#running.has(jobId)) {
        abort.abort(new Error('the job was cancelled, or given to another worker'));
      }
    }
  }

  async #sweep(): Promise<void> {
    for (const jobId of await this.#claims.reclaim()) this.#changed(jobId);
    for (const name of await this.#claims.undoWrongDates()) this.wake(name);
    for (const name of await this.#schedules.run([...this.#stations.keys()])) this.wake(name);
  }

  async #fill(name: string, station: Station): Promise<void> {
    station.filling = this.#claimWhileFree(name, station);
    try {
      await station.filling;
    } finally {
      station.filling = null;
    }
    // Woken after the last look, before this.
    if (station.woken && station.running < station.concurrency) this.wake(name);
  }

  async #claimWhileFree(name: string, station: Station): Promise<void> {
    while (station.woken && !this.#closed && station.running < station.concurrency) {
      station.woken = false;
      const jobs = await this.#claims.claim(name, this.#id, station.concurrency - station.running);
      for (const job of jobs) this.#start(job, station);
      station.woken ||= jobs.length > 0;
    }
  }

  #start(job: JobRow, station: Station): void {
    const abort = new AbortController();
    station.running += 1;
    const done = this.#run(job, station.handler, abort.signal)
      .catch((error: unknown) => this.#onFailure(error))
      .finally(() => {
        station.running -= 1;
        this.#running.delete(job.id);
        this.wake(job.name);
      });
    this.#running.set(job.id, { abort, done });
  }

  async #run(job: JobRow, handler: JobHandler<never>, signal: AbortSignal): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = { state: 'completed', result: await handler(this.#context(job, signal)) };
    } catch (error) {
      outcome = afterFailure(job, error);
    }
    // Cancelled or given back: the row says so already.
    if (signal.aborted) return;
    await this.#finish(job.id, outcome);
    this.#changed(job.id);
  }

  /** A job that is done while the database is away stays this worker's until that is kept. */
  async #finish(jobId: string, outcome: Outcome): Promise<void> {
    for (;;) {
      try {
        return await this.#claims.finish(jobId, this.#id, outcome);
      } catch (error) {
        if (!(error instanceof UnavailableError) || this.#closed) throw error;
      }
      await delay(FINISH_AGAIN_MS);
    }
  }

  /** The handler that a name was given knows its payload's type; the queue does not. */
  #context(job: JobRow, signal: AbortSignal): JobContext<never> {
    const append = async (type: string, data: unknown, progress?: number) => {
      if (signal.aborted) return;
      await this.#claims.append(job.id, this.#id, type, data, progress);
      this.#changed(job.id);
    };
    return {
      id: job.id,
      attempt: job.attempts,
      payload: JSON.parse(job.payload) as never,
      signal,
      emit: (type, data) => append(type, data),
      progress: (share) => append('progress', share, share),
    };
  }

  #every(periodMs: number, task: () => Promise<void>): NodeJS.Timeout {
    return setInterval(() => this.#inBackground(task), periodMs).unref();
  }

  #inBackground(task: () => Promise<void>): void {
    if (this.#closed) return;
    task().catch((error: unknown) => {
      if (!this.#closed) this.#onFailure(error);
    });
  }
}

function afterFailure(job: JobRow, error: unknown): Outcome {
  const reason = errorSentence(job.name, error);
  if (error instanceof UnretryableError || job.attempts >= job.max_attempts) return { state: 'failed', error: reason };
  return { state: 'waiting', error: reason, delayMs: retryDelayMs(job.attempts) };
}
