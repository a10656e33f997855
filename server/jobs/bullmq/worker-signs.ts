import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import type { WorkerSign } from '../job-queue.ts';
import { RENEWAL_MS, WORKER_FORGOTTEN_MS } from '../limits.ts';

/** Redis sorted set of workers by the instant at which each last showed that it lives. */
const WORKERS_KEY = 'magpie:workers';

/** This process's worker among those that share the Redis. */
export class WorkerSigns {
  readonly #redis: Redis;
  readonly #onFailure: (error: unknown) => void;
  readonly #id = `${hostname()}/${process.pid}/${randomUUID()}`;
  #timer: NodeJS.Timeout | null = null;

  constructor(redis: Redis, onFailure: (error: unknown) => void) {
    this.#redis = redis;
    this.#onFailure = onFailure;
  }

  /** Shows that the worker lives, now and three times within a lease. */
  start(): void {
    if (this.#timer !== null) return;
    const give = () => this.#give().catch(this.#onFailure);
    this.#timer = setInterval(give, RENEWAL_MS).unref();
    void give();
  }

  /** The worker takes no more jobs. */
  async stop(): Promise<void> {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    await this.#redis.zrem(WORKERS_KEY, this.#id).catch(this.#onFailure);
  }

  async all(): Promise<WorkerSign[]> {
    const entries = await this.#redis.zrangebyscore(WORKERS_KEY, '-inf', '+inf', 'WITHSCORES');
    const signs: WorkerSign[] = [];
    for (let index = 0; index + 1 < entries.length; index += 2) {
      signs.push({ id: entries[index]!, seenAt: new Date(Number(entries[index + 1])) });
    }
    return signs;
  }

  async #give(): Promise<void> {
    const now = Date.now();
    await this.#redis
      .multi()
      .zremrangebyscore(WORKERS_KEY, 0, now - WORKER_FORGOTTEN_MS)
      .zadd(WORKERS_KEY, now, this.#id)
      .exec();
  }
}
