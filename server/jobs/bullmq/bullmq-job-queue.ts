import { setTimeout as delay } from 'node:timers/promises';
import { connectRedis, furtherConnection, isOutage } from '../../redis/connect-redis.ts';
import type { Start } from '../../start.ts';
import { QueueUnavailableError } from '../../unavailable-error.ts';
import { JobLogs } from '../job-logs.ts';
import { FINAL_EVENTS, type JobEvent, type JobQueue, type JobRecord } from '../job-queue.ts';
import { LIST_LIMIT } from '../limits.ts';
import { BullmqWorkers, CANCEL_CHANNEL } from './bullmq-workers.ts';
import { idAfter, JobStreams } from './job-stream.ts';
import { Queues } from './queues.ts';
import { WorkerSigns } from './worker-signs.ts';

/** Readers learn of changes at once; this interval is for a worker that died before it could announce one. */
const FOLLOW_POLL_MS = 1_000;
/** How soon a schedule that a wrong date has put off is found. */
const DATES_MS = 10_000;
const CLOSE_DEADLINE_MS = 5_000;
/** How long a command waits for a Redis that is away, hangs, or has just been started again. */
const COMMAND_TIMEOUT_MS = 4_000;
/** Error codes of a Redis that is full, starts, cannot write its disk, or only copies another. */
const REFUSALS = /\b(OOM|LOADING|MISCONF|READONLY|MASTERDOWN|CLUSTERDOWN) /;
/** What giving back the jobs that are not done may take, after the deadline. */
const GIVE_BACK_MS = 1_000;

/**
 * Jobs in Redis, by BullMQ: shared by any number of processes and machines.
 * @throws when Redis cannot be reached.
 */
export async function openBullmqJobQueue(
  url: string,
  start: Start,
  onFailure: (error: unknown) => void,
): Promise<JobQueue> {
  // Workers and subscriptions wait for Redis as long as it takes, callers do not.
  const workerConnection = await connectRedis(url, 'REDIS_URL', start, { maxRetriesPerRequest: null });
  const subscriber = furtherConnection(workerConnection);
  const redis = furtherConnection(workerConnection, { commandTimeout: COMMAND_TIMEOUT_MS });
  // What the connection says once need not be said by each part that uses it.
  const onError = (error: unknown) => {
    if (!isOutage(error)) onFailure(error);
  };
  const queues = new Queues(redis, onError);
  const streams = new JobStreams(redis, subscriber);
  const signs = new WorkerSigns(redis, onError);
  const logs: JobLogs = new JobLogs(
    (jobId, after) => explained(() => readLog(queues, streams, jobId, after)),
    (jobId) => streams.watch(jobId, () => logs.refresh(jobId)),
  );
  const workers = new BullmqWorkers(workerConnection, queues, streams, onError);
  subscriber.on('message', (channel, jobId) => {
    if (channel === CANCEL_CHANNEL) workers.cancelled(jobId);
  });
  await subscriber.subscribe(CANCEL_CHANNEL);
  subscriber.on('ready', () => {
    logs.refreshAll();
    workers.catchUp().catch(onError);
  });
  const polling = setInterval(() => logs.refreshAll(), FOLLOW_POLL_MS);
  let dates: NodeJS.Timeout | null = null;

  return {
    add: (name, payload, options = {}) => explained(() => queues.add(name, payload, options)),
    live: (name, deduplicationId) => explained(() => queues.live(name, deduplicationId)),
    get: (id) => explained(() => queues.get(id)),
    list: (filter = {}) => explained(() => queues.list({ limit: LIST_LIMIT, ...filter })),
    events: (id, options) => logs.follow(id, options),
    cancel: (id) =>
      explained(async () => {
        const cancelled = await queues.cancel(id);
        await redis.publish(CANCEL_CHANNEL, id);
        await streams.changed(id);
        return cancelled;
      }),
    remove: (id) =>
      explained(async () => {
        // A job that runs is its worker's until its handler has ended.
        await queues.cancel(id);
        await redis.publish(CANCEL_CHANNEL, id);
        const removed = await queues.remove(id);
        await streams.remove(id);
        return removed;
      }),
    retry: (id) => explained(() => queues.retry(id)),
    counts: () => explained(() => queues.counts()),
    workers: () => explained(() => signs.all()),
    work(name, handler, { concurrency = 1 } = {}) {
      signs.start();
      dates ??= setInterval(() => queues.undoWrongDates().catch(onError), DATES_MS).unref();
      workers.work(name, handler, concurrency);
    },
    schedule: (id, name, payload, everyMs) => explained(() => queues.schedule(id, name, payload, everyMs)),
    async close(deadlineMs = CLOSE_DEADLINE_MS) {
      const closed = Promise.all([signs.stop(), workers.close(deadlineMs)])
        .then(() => queues.close())
        .catch(onError);
      // With Redis away, BullMQ would wait for it.
      await Promise.race([closed, delay(deadlineMs + GIVE_BACK_MS, undefined, { ref: false })]);
      clearInterval(polling);
      if (dates !== null) clearInterval(dates);
      logs.close();
      for (const connection of [subscriber, workerConnection, redis]) connection.disconnect();
    },
  };
}

/** @throws QueueUnavailableError where Redis is away, or takes nothing for now. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isOutage(cause)) {
      const message = 'the job queue cannot be reached: its Redis (REDIS_URL) is away; try again in a moment';
      throw new QueueUnavailableError(message, { cause });
    }
    if (cause instanceof Error && REFUSALS.test(cause.message)) {
      const message = `the job queue takes nothing for now: its Redis (REDIS_URL) answers "${cause.message}"`;
      throw new QueueUnavailableError(message, { cause });
    }
    throw cause;
  }
}

/** The state is read before the events, so that a job found finished has all its events. */
async function readLog(queues: Queues, streams: JobStreams, jobId: string, after: string | null) {
  const job = await queues.get(jobId);
  if (job === null) return null;
  const events = await streams.read(jobId, after);
  const ended = FINAL_EVENTS.includes(job.state);
  if (ended) events.push(finalEvent(job, events.at(-1)?.id ?? after ?? '0-0'));
  return { events, ended };
}

/** Told by the job's state rather than kept in the stream, so that the two cannot disagree. */
function finalEvent(job: JobRecord, lastId: string): JobEvent {
  const data = job.state === 'completed' ? { result: job.result } : job.state === 'failed' ? { error: job.error } : {};
  return { id: idAfter(lastId), type: job.state, data };
}
