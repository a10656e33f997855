import { connectRedis } from '../../redis/connect-redis.ts';
import { JobLogs } from '../job-logs.ts';
import { FINAL_EVENTS, type JobEvent, type JobQueue, type JobRecord } from '../job-queue.ts';
import { LIST_LIMIT } from '../limits.ts';
import { BullmqWorkers, CANCEL_CHANNEL } from './bullmq-workers.ts';
import { idAfter, JobStreams } from './job-stream.ts';
import { Queues } from './queues.ts';

/** Readers are told of changes at once; this is for the case that a worker died before it could tell. */
const FOLLOW_POLL_MS = 1_000;
const CLOSE_DEADLINE_MS = 5_000;

/**
 * Jobs in Redis, by BullMQ: shared by any number of processes and machines.
 * @throws when Redis cannot be reached.
 */
export async function openBullmqJobQueue(url: string, onFailure: (error: unknown) => void): Promise<JobQueue> {
  const redis = await connectRedis(url, 'REDIS_URL', { maxRetriesPerRequest: 3 });
  const subscriber = await connectRedis(url, 'REDIS_URL');
  const queues = new Queues(redis);
  const streams = new JobStreams(redis, subscriber);
  const logs: JobLogs = new JobLogs(
    (jobId, after) => readLog(queues, streams, jobId, after),
    (jobId) => streams.watch(jobId, () => logs.refresh(jobId)),
  );
  const workerConnection = await connectRedis(url, 'REDIS_URL', { maxRetriesPerRequest: null });
  const workers = new BullmqWorkers(workerConnection, queues, streams, onFailure);
  subscriber.on('message', (channel, jobId) => {
    if (channel === CANCEL_CHANNEL) workers.cancelled(jobId);
  });
  await subscriber.subscribe(CANCEL_CHANNEL);
  subscriber.on('ready', () => {
    logs.refreshAll();
    workers.catchUp().catch(onFailure);
  });
  const polling = setInterval(() => logs.refreshAll(), FOLLOW_POLL_MS);

  return {
    add: (name, payload, options = {}) => queues.add(name, payload, options),
    get: (id) => queues.get(id),
    list: (filter = {}) => queues.list({ limit: LIST_LIMIT, ...filter }),
    events: (id, options) => logs.follow(id, options),
    async cancel(id) {
      const cancelled = await queues.cancel(id);
      await redis.publish(CANCEL_CHANNEL, id);
      await streams.changed(id);
      return cancelled;
    },
    retry: (id) => queues.retry(id),
    work: (name, handler, { concurrency = 1 } = {}) => workers.work(name, handler, concurrency),
    schedule: (id, name, payload, everyMs) => queues.schedule(id, name, payload, everyMs),
    async close(deadlineMs = CLOSE_DEADLINE_MS) {
      await workers.close(deadlineMs);
      clearInterval(polling);
      logs.close();
      await queues.close();
      for (const connection of [subscriber, workerConnection, redis]) connection.disconnect();
    },
  };
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
