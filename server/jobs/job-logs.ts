import { orAborted } from '../abortable.ts';
import { UnavailableError } from '../unavailable-error.ts';
import type { JobEvent } from './job-queue.ts';

/** How soon a log is read again whose storage was away. */
const READ_AGAIN_MS = 500;

/** What stands after a given event: further events, and whether they end with the final one. */
export interface JobLogPage {
  events: JobEvent[];
  ended: boolean;
}

/**
 * The event streams that are read in this process. All readers of a job share one copy of its log, which is read from
 * the queue's storage once per change, however many readers wait.
 */
export class JobLogs {
  readonly #logs = new Map<string, JobLog>();
  readonly #read: (jobId: string, after: string | null) => Promise<JobLogPage | null>;
  readonly #watch: ((jobId: string) => Promise<() => void>) | undefined;

  /**
   * @param read events after the given id, from the first where it is null; null when there is no such job.
   * @param watch called when the first reader of a job comes and before `read`; what it gives, after the last has gone.
   */
  constructor(
    read: (jobId: string, after: string | null) => Promise<JobLogPage | null>,
    watch?: (jobId: string) => Promise<() => void>,
  ) {
    this.#read = read;
    this.#watch = watch;
  }

  /** Jobs that someone reads here. */
  get followed(): string[] {
    return [...this.#logs.keys()];
  }

  /** Yields until the final event, the signal, or `close`; at once nothing where there is no such job. */
  async *follow(jobId: string, { after = null, signal }: { after?: string | null; signal?: AbortSignal } = {}) {
    let log = this.#logs.get(jobId);
    if (log === undefined) {
      log = new JobLog(jobId, this.#read, this.#watch);
      this.#logs.set(jobId, log);
    }
    log.readers += 1;
    try {
      yield* log.from(after, signal);
    } finally {
      log.readers -= 1;
      if (log.readers === 0) {
        log.close();
        if (this.#logs.get(jobId) === log) this.#logs.delete(jobId);
      }
    }
  }

  /** Something has happened to the job. */
  refresh(jobId: string): void {
    this.#logs.get(jobId)?.refresh();
  }

  /** Looks for changes that were not announced while the connection was lost. */
  refreshAll(): void {
    for (const log of this.#logs.values()) log.refresh();
  }

  close(): void {
    for (const log of this.#logs.values()) log.close();
    this.#logs.clear();
  }
}

class JobLog {
  readers = 0;
  readonly #jobId: string;
  readonly #read: (jobId: string, after: string | null) => Promise<JobLogPage | null>;
  readonly #events: JobEvent[] = [];
  #ended = false;
  #failure: unknown = null;
  #changed = Promise.withResolvers<void>();
  #reading = false;
  #outdated = false;
  #unwatch: (() => void) | null = null;

  constructor(
    jobId: string,
    read: (jobId: string, after: string | null) => Promise<JobLogPage | null>,
    watch: ((jobId: string) => Promise<() => void>) | undefined,
  ) {
    this.#jobId = jobId;
    this.#read = read;
    if (watch === undefined) this.refresh();
    else void this.#start(watch);
  }

  async *from(after: string | null, signal: AbortSignal | undefined): AsyncGenerator<JobEvent> {
    for (let next = 0; signal?.aborted !== true; ) {
      const event = this.#events[next];
      if (event !== undefined) {
        next += 1;
        if (after === null || compareEventIds(event.id, after) > 0) yield event;
        continue;
      }
      if (this.#failure !== null) throw this.#failure;
      if (this.#ended) return;
      const changed = this.#changed.promise;
      await (signal ? orAborted(changed, signal).catch(() => {}) : changed);
    }
  }

  /** Reads what is new; a change that comes during that is read right after it. */
  refresh(): void {
    if (this.#ended) return;
    this.#outdated = true;
    if (!this.#reading) void this.#readNew();
  }

  close(): void {
    this.#ended = true;
    this.#wake();
    this.#unwatch?.();
    this.#unwatch = null;
  }

  async #start(watch: (jobId: string) => Promise<() => void>): Promise<void> {
    try {
      const unwatch = await watch(this.#jobId);
      if (this.#ended) unwatch();
      else this.#unwatch = unwatch;
    } catch (error) {
      this.#failure = error;
      this.#wake();
      return;
    }
    this.refresh();
  }

  async #readNew(): Promise<void> {
    this.#reading = true;
    try {
      while (this.#outdated && !this.#ended) {
        this.#outdated = false;
        const page = await this.#read(this.#jobId, this.#events.at(-1)?.id ?? null);
        this.#events.push(...(page?.events ?? []));
        this.#ended ||= page === null || page.ended;
        this.#wake();
      }
    } catch (error) {
      // Readers wait for the storage to be back.
      if (error instanceof UnavailableError) setTimeout(() => this.refresh(), READ_AGAIN_MS).unref();
      else {
        this.#failure = error;
        this.#wake();
      }
    } finally {
      this.#reading = false;
    }
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

/** Ids are numbers (`17`), or Redis stream ids (`1719000000000-3`); what is neither comes before all. */
function compareEventIds(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('-').map((part) => Number(part) || 0);
  const [majorB = 0, minorB = 0] = b.split('-').map((part) => Number(part) || 0);
  return majorA - majorB || minorA - minorB;
}
