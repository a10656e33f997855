import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { NeededPart, Readiness } from '../../shared/api/readiness.ts';
import type { Cache } from '../cache/cache.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { LEASE_MS } from '../jobs/limits.ts';
import type { Log } from '../logging/log.ts';
import type { Recommender } from '../recommendations/recommender.ts';
import type { Store } from '../store/store.ts';

/** A part that has not answered by then counts as missing. Less than the health check's own timeout of 4 s. */
const PART_TIMEOUT_MS = 2_000;
/** Anyone may ask: the parts are asked at most so often. */
const KEPT_MS = 500;

/** Public, so without addresses and reasons: those are in the log. */
const DETAILS: Record<NeededPart, string> = {
  database: 'The database does not answer.',
  queue: 'The job queue does not answer.',
  cache: 'The cache does not answer.',
  worker: 'No worker has been seen lately, so no prices are compared and no model is trained.',
  model_file: 'The file of the current model is missing or damaged: an earlier model answers, or what is popular.',
};

export interface ReadinessParts {
  store: Store;
  queue: JobQueue;
  cache: Cache;
  recommender: Pick<Recommender, 'modelProblem'>;
  modelsDir: string;
  log: Log;
}

/** Looks whether everything that the server needs is there. Logs what goes missing, and what comes back. */
export class ReadinessCheck {
  readonly #parts: ReadinessParts;
  readonly #missing = new Set<NeededPart>();
  #checking: Promise<Readiness> | null = null;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** @param stopping whether the process ends soon: then it is not ready, whatever is there. */
  async check(stopping: boolean): Promise<Readiness> {
    this.#checking ??= this.#look();
    const readiness = await this.#checking;
    return stopping ? { ...readiness, status: 'stopping' } : readiness;
  }

  async #look(): Promise<Readiness> {
    const { store, queue, cache } = this.#parts;
    const [model, workers, cacheAnswers] = await Promise.all([
      this.#ask('database', store.models.current()),
      this.#ask('queue', queue.workers()),
      this.#ask('cache', cache.ping()),
    ]);
    const file = model.answer ?? null;
    const hasFile = file === null || (await this.#ask('model_file', this.#readable(file.file))).ok;
    const ageMs = Math.min(...(workers.answer ?? []).map(({ seenAt }) => Math.max(0, Date.now() - seenAt.getTime())));
    const isMissing: Record<NeededPart, boolean> = {
      database: !model.ok,
      queue: !workers.ok,
      cache: !cacheAnswers.ok,
      // Where the queue does not answer, nothing is known of workers.
      worker: workers.ok && ageMs > LEASE_MS,
      model_file: !hasFile,
    };
    const missing = (Object.keys(isMissing) as NeededPart[]).filter((part) => isMissing[part]);
    if (isMissing.worker) this.#report('worker', null);
    for (const part of this.#missing) if (!isMissing[part]) this.#reportBack(part);
    const engine = file?.parameters['engine'];
    setTimeout(() => {
      this.#checking = null;
    }, KEPT_MS).unref();
    return {
      status: missing.length === 0 ? 'ok' : 'unavailable',
      missing: missing.map((part) => ({ part, detail: DETAILS[part] })),
      store: model.ok,
      worker_age_seconds: Number.isFinite(ageMs) ? Math.round(ageMs / 1_000) : null,
      model_version: file?.version ?? null,
      engine: typeof engine === 'string' ? engine : null,
    };
  }

  async #readable(file: string): Promise<void> {
    await access(join(this.#parts.modelsDir, file), constants.R_OK);
    const problem = await this.#parts.recommender.modelProblem();
    if (problem !== null) throw new Error(problem);
  }

  async #ask<T>(part: NeededPart, question: Promise<T>): Promise<{ ok: boolean; answer?: T }> {
    const timer = new AbortController();
    try {
      const late = delay(PART_TIMEOUT_MS, undefined, { signal: timer.signal }).then(() => {
        throw new Error(`no answer within ${PART_TIMEOUT_MS / 1_000} s`);
      });
      return { ok: true, answer: await Promise.race([question, late]) };
    } catch (error) {
      this.#report(part, error);
      return { ok: false };
    } finally {
      timer.abort();
    }
  }

  #report(part: NeededPart, err: unknown): void {
    if (this.#missing.has(part)) return;
    this.#missing.add(part);
    this.#parts.log.warn({ part, ...(err !== null && { err }) }, DETAILS[part]);
  }

  #reportBack(part: NeededPart): void {
    this.#missing.delete(part);
    this.#parts.log.warn({ part }, 'What was missing is back');
  }
}
