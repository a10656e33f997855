import type { Redis } from 'ioredis';
import type { JobEvent } from '../job-queue.ts';
import { HISTORY } from '../limits.ts';

/** Streams of finished jobs are kept for readers who come late or come back; the result itself is kept longer. */
const KEPT_AFTER_END_MS = 60 * 60 * 1_000;
/** About so many events of a job; the oldest go first. */
const MAX_EVENTS = 10_000;

const streamOf = (jobId: string) => `magpie:events:${jobId}`;
const channelOf = (jobId: string) => `magpie:changed:${jobId}`;

/**
 * Each job's events in a Redis stream of its own, so that a reader who comes late or comes back gets them all; a
 * message by pub/sub announces something new. A message can be lost, a stream's entry cannot.
 */
export class JobStreams {
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #listeners = new Map<string, Set<() => void>>();

  /** @param subscriber a connection that is used for subscriptions alone. */
  constructor(redis: Redis, subscriber: Redis) {
    this.#redis = redis;
    this.#subscriber = subscriber;
    subscriber.on('message', (channel: string) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener();
    });
  }

  async append(jobId: string, type: string, data: unknown): Promise<void> {
    const results = await this.#redis
      .multi()
      .xadd(streamOf(jobId), 'MAXLEN', '~', MAX_EVENTS, '*', 'type', type, 'data', JSON.stringify(data ?? null))
      .pexpire(streamOf(jobId), HISTORY.maxAgeMs)
      .publish(channelOf(jobId), '')
      .exec();
    const failed = results?.find(([error]) => error !== null);
    if (failed?.[0]) throw failed[0];
  }

  /** The job has a new state. */
  async changed(jobId: string): Promise<void> {
    await this.#redis.publish(channelOf(jobId), '');
  }

  async ended(jobId: string): Promise<void> {
    await this.#redis.multi().pexpire(streamOf(jobId), KEPT_AFTER_END_MS).publish(channelOf(jobId), '').exec();
  }

  async remove(jobId: string): Promise<void> {
    await this.#redis.multi().del(streamOf(jobId)).publish(channelOf(jobId), '').exec();
  }

  async read(jobId: string, after: string | null): Promise<JobEvent[]> {
    const entries = await this.#redis.xrange(streamOf(jobId), after === null ? '-' : `(${after}`, '+');
    return entries.map(([id, fields]) => {
      const values = Object.fromEntries(pairsOf(fields));
      return { id, type: values.type ?? '', data: JSON.parse(values.data ?? 'null') };
    });
  }

  /** @param listener called whenever the job may have something new. */
  async watch(jobId: string, listener: () => void): Promise<() => void> {
    const channel = channelOf(jobId);
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(listener));
    await this.#subscriber.subscribe(channel);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#listeners.delete(channel);
      // The connection may be closed already; then there is nothing to end.
      this.#subscriber.unsubscribe(channel).catch(() => {});
    };
  }
}

/** An id that follows the given one, for the event that ends a stream. */
export function idAfter(id: string): string {
  const [milliseconds = '0', sequence = '0'] = id.split('-');
  return `${milliseconds}-${Number(sequence) + 1}`;
}

function* pairsOf(fields: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index + 1 < fields.length; index += 2) yield [fields[index]!, fields[index + 1]!];
}
