import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import type { WorkerSign } from '../job-queue.ts';
import { RENEWAL_MS, WORKER_FORGOTTEN_MS } from '../limits.ts';
import { SilenceWatch } from '../silence-watch.ts';
import { WorkerAges } from '../worker-ages.ts';

/** Redis sorted set of workers by the instant at which each last showed that it lives. */
const WORKERS_KEY = 'magpie:workers';

/** This process's worker among those that share the Redis. */
export class WorkerSigns {
  readonly #redis: Redis;
  readonly #onFailure: (error: unknown) => void;
  readonly #id = `${hostname()}/${process.pid}/${randomUUID()}`;
  readonly #silence = new SilenceWatch(3 * RENEWAL_MS);
  readonly #ages = new WorkerAges();
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
    return this.#ages.look(await this.#read());
  }

  async #read(): Promise<{ id: string; signMs: number }[]> {
    const entries = await this.#redis.zrangebyscore(WORKERS_KEY, '-inf', '+inf', 'WITHSCORES');
    const signs = [];
    for (let index = 0; index + 1 < entries.length; index += 2) {
      signs.push({ id: entries[index]!, signMs: Number(entries[index + 1]) });
    }
    return signs;
  }

  async #give(): Promise<void> {
    const silentMs = this.#silence.look((await this.#read()).map(({ id, signMs }) => [id, String(signMs)]));
    const forgotten = [...silentMs].filter(([, ms]) => ms >= WORKER_FORGOTTEN_MS).map(([id]) => id);
    if (forgotten.length > 0) await this.#redis.zrem(WORKERS_KEY, ...forgotten);
    await this.#redis.zadd(WORKERS_KEY, Date.now(), this.#id);
  }
}
