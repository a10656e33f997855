import { setTimeout as delay } from 'node:timers/promises';
import { type Job, type JobType, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import type { JobState } from '../../../shared/api/jobs.ts';
import type { AddOptions, JobCounts, JobRecord, Turn } from '../job-queue.ts';
import { ATTEMPTS, HISTORY } from '../limits.ts';
import { placeOf } from '../turns.ts';

/** Of all of BullMQ's keys. */
export const PREFIX = 'magpie';
/** Redis set of the names that jobs were ever added under. */
const NAMES_KEY = 'magpie:job-names';

/** BullMQ has no state for it: a field of ours in the job's hash says when it was cancelled. */
const CANCELLED_FIELD = 'cancelledOn';
/** BullMQ's own count of how often the job's worker died. */
const STALLED_FIELD = 'stc';

/** BullMQ takes any JSON but undefined as data; wrapped, a payload may be anything. */
export interface JobData {
  payload: unknown;
  /** Whose turn it takes. */
  client?: string;
}
export interface JobProgress {
  share: number;
}
export type BullJob = Job<JobData, unknown, string, JobProgress>;
type BullState = Awaited<ReturnType<BullJob['getState']>>;

/** BullMQ's delayed jobs stand in order of their time in ms, with 12 bits below it for those of one. */
const SCORE_PER_MS = 0x1000;

/** A cancelled handler ends within moments; its job cannot be removed before. */
const REMOVE_ATTEMPTS = 100;
const REMOVE_EVERY_MS = 50;

/** Sets the mark and answers 1, unless the job is gone or finished: in one step, so that it cannot finish meanwhile. */
const CANCEL_SCRIPT = `
if redis.call('exists', KEYS[1]) == 0 or redis.call('hexists', KEYS[1], 'finishedOn') == 1 then return 0 end
return redis.call('hsetnx', KEYS[1], '${CANCELLED_FIELD}', ARGV[1])`;

/** BullMQ's lists in which jobs of a state are found. */
const LISTS: Record<JobState, JobType[]> = {
  waiting: ['waiting', 'prioritized'],
  delayed: ['delayed'],
  active: ['active'],
  completed: ['completed'],
  failed: ['failed'],
  cancelled: ['failed', 'waiting', 'prioritized', 'delayed', 'active', 'completed'],
};

/** One BullMQ queue per job name; a job's id tells its name. */
export class Queues {
  readonly #redis: Redis;
  readonly #onError: (error: unknown) => void;
  readonly #queues = new Map<string, Queue<BullJob>>();
  readonly #known = new Set<string>();
  /** By the scheduler's id: makes it again where it is not as it was asked for. */
  readonly #schedules = new Map<string, () => Promise<void>>();
  /** The addition of a job with a turn that was begun last, by name. */
  readonly #adding = new Map<string, Promise<unknown>>();

  constructor(redis: Redis, onError: (error: unknown) => void) {
    this.#redis = redis;
    this.#onError = onError;
  }

  async add(name: string, payload: unknown, options: AddOptions): Promise<{ id: string; deduplicated: boolean }> {
    await this.#remember(name);
    const { turn, deduplicationId } = options;
    if (turn === undefined) return this.#addAt(0, name, payload, options);
    return this.#oneByOne(name, async () => {
      const live = deduplicationId === undefined ? null : await this.live(name, deduplicationId);
      if (live !== null) return { id: live, deduplicated: true };
      return this.#addAt(placeOf(turn, await this.#countWaiting(name, turn)), name, payload, options);
    });
  }

  live(name: string, deduplicationId: string): Promise<string | null> {
    return this.#queue(name).getDeduplicationJobId(deduplicationId);
  }

  /** Jobs are counted before one is added: within a process no other is added in between. */
  #oneByOne<T>(name: string, add: () => Promise<T>): Promise<T> {
    const before = this.#adding.get(name) ?? Promise.resolve();
    const added = before.then(add, add);
    this.#adding.set(name, added);
    return added;
  }

  async #countWaiting(name: string, { client, maxWaiting }: Turn): Promise<{ overall: number; ofClient: number }> {
    const waiting = await this.#queue(name).getJobs(LISTS.waiting, 0, maxWaiting.overall);
    return { overall: waiting.length, ofClient: waiting.filter((job) => job?.data.client === client).length };
  }

  /** @param place BullMQ's priority: jobs without one go first, then those with the lowest. */
  async #addAt(
    place: number,
    name: string,
    payload: unknown,
    { deduplicationId, delayMs, attempts = 1, turn }: AddOptions,
  ): Promise<{ id: string; deduplicated: boolean }> {
    const jobId = `${name}~${uuidv7()}`;
    const job = await this.#queue(name).add(
      name,
      { payload, ...(turn && { client: turn.client }) },
      {
        ...JOB_OPTIONS,
        priority: place,
        jobId,
        attempts,
        ...(delayMs === undefined ? {} : { delay: delayMs }),
        ...(deduplicationId === undefined ? {} : { deduplication: { id: deduplicationId } }),
      },
    );
    const id = job.id ?? jobId;
    return { id, deduplicated: id !== jobId };
  }

  async get(id: string): Promise<JobRecord | null> {
    const name = nameOf(id);
    if (name === null) return null;
    const queue = this.#queue(name);
    for (;;) {
      const state = await queue.getJobState(id);
      const [job, cancelledOn] = await Promise.all([
        queue.getJob(id),
        this.#redis.hget(queue.toKey(id), CANCELLED_FIELD),
      ]);
      if (job === undefined) return null;
      // BullMQ keeps the state apart from the job: where it changed in between, the two do not fit.
      const isFinished = state === 'completed' || state === 'failed';
      if (isFinished === (job.finishedOn !== undefined)) return toRecord(id, job, state, cancelledOn);
    }
  }

  async list(filter: { state?: JobState; name?: string; limit: number }): Promise<JobRecord[]> {
    const { state, name, limit } = filter;
    const names = name === undefined ? await this.#redis.smembers(NAMES_KEY) : [name];
    const lists = state === undefined ? [...new Set(Object.values(LISTS).flat())] : LISTS[state];
    // Cancelled jobs lie among the others, so that all which are kept must be looked at.
    const perList = state === undefined ? limit : Math.max(limit, HISTORY.maxJobs);
    const jobs = await Promise.all(names.map((each) => this.#queue(each).getJobs(lists, 0, perList - 1)));
    const records = await Promise.all(jobs.flat().map((job) => this.get(job.id ?? '')));
    return records
      .filter((record) => record !== null)
      .filter((record) => state === undefined || record.state === state)
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }

  async counts(): Promise<JobCounts[]> {
    const names = await this.#redis.smembers(NAMES_KEY);
    const counts = await Promise.all(
      names.map(async (name) => {
        const queue = this.#queue(name);
        const [{ waiting = 0, prioritized = 0, active = 0 }, oldest] = await Promise.all([
          queue.getJobCounts('waiting', 'prioritized', 'active'),
          queue.getJobs(LISTS.waiting, 0, 0, true),
        ]);
        // A job may have gone between its list and itself.
        const since = oldest.filter(Boolean).map(({ timestamp, delay }) => timestamp + delay);
        const oldestWaitingSince = since.length === 0 ? null : new Date(Math.min(...since));
        return { name, waiting: waiting + prioritized, active, oldestWaitingSince };
      }),
    );
    return counts.filter(({ waiting, active }) => waiting + active > 0);
  }

  async cancel(id: string): Promise<boolean> {
    const job = await this.#job(id);
    if (job === undefined) return false;
    const cancelled = await this.#redis.eval(CANCEL_SCRIPT, 1, this.#keyOf(id), Date.now());
    if (cancelled !== 1) return false;
    // The next one of that id is a new job, while this one may still wind down.
    await job.removeDeduplicationKey();
    return true;
  }

  /** @throws when the worker that runs the job does not let go of it in time. */
  async remove(id: string): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      const job = await this.#job(id);
      if (job === undefined) return false;
      try {
        await job.remove();
        return true;
      } catch (error) {
        if (attempt === REMOVE_ATTEMPTS || !(await job.isActive())) throw error;
        await delay(REMOVE_EVERY_MS);
      }
    }
  }

  async isCancelled(id: string): Promise<boolean> {
    return (await this.#redis.hexists(this.#keyOf(id), CANCELLED_FIELD)) === 1;
  }

  async retry(id: string): Promise<boolean> {
    const job = await this.#job(id);
    if (job === undefined) return false;
    const state = await job.getState();
    const cancelled = await this.isCancelled(id);
    if (state === 'active' || !(cancelled || state === 'failed')) return false;
    await this.#redis.hdel(this.#keyOf(id), CANCELLED_FIELD, STALLED_FIELD);
    if (state === 'failed' || state === 'completed') {
      await job.retry(state, { resetAttemptsMade: true, resetAttemptsStarted: true });
    } else if (state === 'delayed') {
      await job.promote();
    }
    return true;
  }

  async schedule(id: string, name: string, payload: unknown, everyMs: number): Promise<void> {
    await this.#remember(name);
    const queue = this.#queue(name);
    const schedulerId = `${name}~${id}`;
    this.#schedules.set(schedulerId, async () => {
      const existing = await queue.getJobScheduler(schedulerId);
      // One that is further away than its interval was put there by a wrong date, which changing it would keep.
      const isPutOff = existing !== undefined && (existing.next ?? 0) > Date.now() + everyMs;
      if (isPutOff) await queue.removeJobScheduler(schedulerId);
      else if (existing?.every === everyMs) return;
      const template = { name, data: { payload }, opts: { ...JOB_OPTIONS, attempts: ATTEMPTS } };
      await queue.upsertJobScheduler(schedulerId, { every: everyMs }, template);
    });
    // Made anew, it would run at once after every restart.
    await this.#schedules.get(schedulerId)?.();
  }

  /** Takes back what a wrong date has put off: schedules asked for here, and retries of jobs. */
  async undoWrongDates(): Promise<void> {
    for (const mend of this.#schedules.values()) await mend();
    for (const queue of this.#queues.values()) {
      const now = Date.now();
      for (const job of await queue.getDelayed(0, HISTORY.maxJobs)) {
        // A schedule's own job goes with it.
        if (job?.id === undefined || job.repeatJobKey !== undefined) continue;
        const score = await this.#redis.zscore(queue.toKey('delayed'), job.id);
        const isPutOff = score !== null && Number(score) / SCORE_PER_MS > now + job.delay + 1;
        // It may have come due in this moment.
        if (isPutOff) await job.changeDelay(job.delay).catch(() => {});
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  #queue(name: string): Queue<BullJob> {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = new Queue<BullJob>(name, { connection: this.#redis, prefix: PREFIX });
      queue.on('error', this.#onError);
      this.#queues.set(name, queue);
    }
    return queue;
  }

  async #job(id: string): Promise<BullJob | undefined> {
    const name = nameOf(id);
    return name === null ? undefined : this.#queue(name).getJob(id);
  }

  async #remember(name: string): Promise<void> {
    if (this.#known.has(name)) return;
    await this.#redis.sadd(NAMES_KEY, name);
    this.#known.add(name);
  }

  #keyOf(id: string): string {
    return this.#queue(nameOf(id) ?? '').toKey(id);
  }
}

const JOB_OPTIONS = {
  attempts: 1,
  backoff: { type: 'custom' },
  removeOnComplete: { age: HISTORY.maxAgeMs / 1_000, count: HISTORY.maxJobs },
  removeOnFail: { age: HISTORY.maxAgeMs / 1_000, count: HISTORY.maxJobs },
};

/** `compare~0192…`, or `repeat:watch~hourly:1719…` where a schedule made it. */
function nameOf(id: string): string | null {
  return /^(?:repeat:)?([^~:]+)~/.exec(id)?.[1] ?? null;
}

function toRecord(id: string, job: BullJob, bullState: BullState, cancelledOn: string | null): JobRecord {
  const state = cancelledOn === null ? toState(bullState) : 'cancelled';
  const finishedOn = cancelledOn === null ? job.finishedOn : Number(cancelledOn);
  return {
    id,
    name: job.name,
    payload: job.data.payload,
    state,
    progress: typeof job.progress === 'object' ? job.progress.share : null,
    createdAt: new Date(job.timestamp),
    startedAt: job.processedOn === undefined ? null : new Date(job.processedOn),
    finishedAt: finishedOn === undefined ? null : new Date(finishedOn),
    result: state === 'completed' ? (job.returnvalue ?? null) : null,
    error: state === 'completed' || state === 'cancelled' ? null : (job.failedReason ?? null),
    attempts: job.attemptsMade + job.stalledCounter + (bullState === 'active' ? 1 : 0),
  };
}

function toState(state: BullState): JobState {
  switch (state) {
    case 'completed':
    case 'failed':
    case 'delayed':
    case 'active':
      return state;
    default:
      return 'waiting';
  }
}
