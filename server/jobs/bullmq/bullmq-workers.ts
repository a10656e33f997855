import { type RedisQueueBackend, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { errorSentence } from '../error-sentence.ts';
import { type JobContext, type JobHandler, UnretryableError } from '../job-queue.ts';
import { LEASE_MS, retryDelayMs, WORKER_DIED } from '../limits.ts';
import type { JobStreams } from './job-stream.ts';
import { type BullJob, type JobData, type JobProgress, PREFIX, type Queues } from './queues.ts';

export const CANCEL_CHANNEL = 'magpie:cancel-job';

/** How soon a job whose worker died is taken over, once its lease has run out. */
const STALLED_CHECK_MS = 2_000;
/** How soon a worker looks for jobs again after Redis failed it; BullMQ's own 15 s are longer than callers wait. */
const RUN_AGAIN_MS = 1_000;
/** The attempts that a job has are counted here, with those that its worker died in. */
const NO_STALLED_LIMIT = 1_000_000;

type BullWorker = Worker<JobData, unknown, string, RedisQueueBackend, JobProgress>;

interface Run {
  abort: AbortController;
  /** Rejects when the job is to be given back. */
  givenBack: Promise<never>;
  giveBack(): void;
}

/** Runs jobs in this process: one BullMQ worker per name. */
export class BullmqWorkers {
  readonly #connection: Redis;
  readonly #queues: Queues;
  readonly #streams: JobStreams;
  readonly #onFailure: (error: unknown) => void;
  readonly #workers: BullWorker[] = [];
  readonly #running = new Map<string, Run>();

  /** @param connection one that waits for Redis as long as it takes; each worker makes another one to block on. */
  constructor(connection: Redis, queues: Queues, streams: JobStreams, onFailure: (error: unknown) => void) {
    this.#connection = connection;
    this.#queues = queues;
    this.#streams = streams;
    this.#onFailure = onFailure;
  }

  work(name: string, handler: JobHandler<never>, concurrency: number): void {
    const worker: BullWorker = new Worker(name, (job: BullJob, token) => this.#process(job, token, handler), {
      connection: this.#connection,
      prefix: PREFIX,
      concurrency,
      lockDuration: LEASE_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: NO_STALLED_LIMIT,
      runRetryDelay: RUN_AGAIN_MS,
      settings: { backoffStrategy: retryDelayMs },
    });
    const tellEnded = (job: BullJob | undefined) => {
      if (job?.id !== undefined) this.#streams.ended(job.id).catch(this.#onFailure);
    };
    worker.on('completed', tellEnded);
    worker.on('failed', tellEnded);
    worker.on('error', this.#onFailure);
    worker.on('lockRenewalFailed', (jobIds) => {
      for (const jobId of jobIds) this.#abort(jobId, 'the job was given to another worker, since this one was silent');
    });
    this.#workers.push(worker);
  }

  cancelled(jobId: string): void {
    this.#abort(jobId, 'the job was cancelled');
  }

  /** Cancellations may have been missed while the connection was lost. */
  async catchUp(): Promise<void> {
    for (const jobId of this.#running.keys()) {
      if (await this.#queues.isCancelled(jobId)) this.cancelled(jobId);
    }
  }

  async close(deadlineMs: number): Promise<void> {
    const closed = Promise.all(this.#workers.map((worker) => worker.close()));
    const deadline = setTimeout(() => {
      for (const run of this.#running.values()) run.giveBack();
    }, deadlineMs);
    await closed;
    clearTimeout(deadline);
  }

  #abort(jobId: string, reason: string): void {
    this.#running.get(jobId)?.abort.abort(new Error(reason));
  }

  async #process(job: BullJob, token: string | undefined, handler: JobHandler<never>): Promise<unknown> {
    const id = job.id ?? '';
    if (job.attemptsMade + job.stalledCounter >= (job.opts.attempts ?? 1)) throw new UnrecoverableError(WORKER_DIED);
    const run = newRun();
    this.#running.set(id, run);
    try {
      if (await this.#queues.isCancelled(id)) this.cancelled(id);
      run.abort.signal.throwIfAborted();
      const result = await Promise.race([handler(this.#context(job, run.abort.signal)), run.givenBack]);
      run.abort.signal.throwIfAborted();
      return result ?? null;
    } catch (error) {
      if (error instanceof GivenBack) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      if (error instanceof UnretryableError || run.abort.signal.aborted) {
        throw new UnrecoverableError(errorSentence(job.name, error));
      }
      throw new Error(errorSentence(job.name, error), { cause: error });
    } finally {
      this.#running.delete(id);
    }
  }

  /** The handler that a name was given knows its payload's type; the queue does not. */
  #context(job: BullJob, signal: AbortSignal): JobContext<never> {
    const id = job.id ?? '';
    const append = async (type: string, data: unknown) => {
      if (!signal.aborted) await this.#streams.append(id, type, data);
    };
    return {
      id,
      attempt: job.attemptsMade + job.stalledCounter + 1,
      payload: job.data.payload as never,
      signal,
      emit: append,
      progress: async (share) => {
        if (!signal.aborted) await job.updateProgress({ share });
        await append('progress', share);
      },
    };
  }
}

class GivenBack extends Error {}

function newRun(): Run {
  const abort = new AbortController();
  const { promise: givenBack, reject } = Promise.withResolvers<never>();
  // It is raced with the handler, which may be done long before.
  givenBack.catch(() => {});
  return {
    abort,
    givenBack,
    giveBack() {
      const reason = new GivenBack('the worker is stopping; the job is given back');
      reject(reason);
      abort.abort(reason);
    },
  };
}
