import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Extraction } from '../../../shared/prices/extraction/extract-offer.ts';
import type { SelectorDeclaration } from '../../../shared/prices/extraction/selectors.ts';
import type { FetchResult } from '../../fetch/fetcher.ts';
import type { SearchPage } from '../html/search-page.ts';
import { UnreadablePageError } from '../shop-error.ts';
import type { ReadingAnswer, ReadingTask } from './reading-task.ts';

/** A page of the mean size takes 20 ms, the largest that is fetched half a second. */
const READING_LIMIT_MS = 10_000;
/** A thread holds some 50 MB; it starts again within a fifth of a second. */
const IDLE_MS = 60_000;
/** A document takes up to a hundred times the size of its page. */
const MAX_HEAP_MB = 768;

/** Fetching keeps one core busy; more than four readers wait for the network. */
const MAX_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));

type Unreadable = Extract<ReadingAnswer, { unreadable: unknown }>['unreadable'];

interface Job {
  task: ReadingTask;
  resolve(read: Extraction | SearchPage): void;
  reject(error: unknown): void;
}

/**
 * Reads pages in worker threads: a page of half a megabyte takes 20 ms to parse and judge, during which a process that
 * also answers requests would answer none. A page that defeats the reader costs its thread, not the process.
 */
export class PageReaders {
  readonly #limitMs: number;
  readonly #threads: ReadingThread[] = [];
  readonly #waiting: Job[] = [];

  /** @param limitMs what one page may take. */
  constructor(limitMs = READING_LIMIT_MS) {
    this.#limitMs = limitMs;
  }

  /** What a page says of its one product. @throws UnreadablePageError when it takes too long. */
  readProduct(page: FetchResult, selectors: SelectorDeclaration = {}): Promise<Extraction> {
    return this.#run<Extraction>({ kind: 'product', page: sent(page), selectors });
  }

  /** What a shop's search came to. @throws UnreadablePageError */
  readSearch(page: FetchResult, query: string, selectors: SelectorDeclaration): Promise<SearchPage> {
    return this.#run<SearchPage>({ kind: 'search', page: sent(page), query, selectors });
  }

  /** Starts a thread before the first page comes. */
  warmUp(): void {
    if (this.#threads.length === 0) this.#start();
  }

  #run<T extends Extraction | SearchPage>(task: ReadingTask): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // The thread answers with what its task asks for.
      this.#waiting.push({ task, resolve: resolve as Job['resolve'], reject });
      if (!this.#threads.some(({ isFree }) => isFree) && this.#threads.length < MAX_THREADS) this.#start();
      this.#dispatch();
    });
  }

  #start(): void {
    const thread = new ReadingThread(
      this.#limitMs,
      () => this.#dispatch(),
      () => {
        this.#threads.splice(this.#threads.indexOf(thread), 1);
        if (this.#waiting.length > 0 && this.#threads.length === 0) this.#start();
        this.#dispatch();
      },
    );
    this.#threads.push(thread);
  }

  #dispatch(): void {
    for (const thread of this.#threads) {
      if (!thread.isFree) continue;
      const job = this.#waiting.shift();
      if (job === undefined) return;
      thread.run(job);
    }
  }
}

/** One worker thread, one job at a time. It keeps the process alive only while it reads. */
class ReadingThread {
  readonly #worker: Worker;
  readonly #limitMs: number;
  readonly #onFree: () => void;
  #job: Job | null = null;
  #hasEnded = false;
  #limit: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(limitMs: number, onFree: () => void, onEnd: () => void) {
    this.#limitMs = limitMs;
    this.#onFree = onFree;
    this.#worker = new Worker(new URL('./reading-thread.ts', import.meta.url), {
      // The host's own flags are not for it: with --input-type, say, it would not start.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    this.#worker.on('message', (answer: ReadingAnswer) => this.#finish(answer));
    this.#worker.on('error', (fault) => this.#settle({ fault }));
    this.#worker.once('exit', () => {
      clearTimeout(this.#limit);
      clearTimeout(this.#idle);
      this.#settle({ fault: new Error('the thread that read the page has ended') });
      onEnd();
    });
    this.#rest();
  }

  get isFree(): boolean {
    return this.#job === null && !this.#hasEnded;
  }

  run(job: Job): void {
    clearTimeout(this.#idle);
    this.#job = job;
    this.#worker.ref();
    this.#limit = setTimeout(() => this.#giveUp(job.task.page.url), this.#limitMs);
    this.#worker.postMessage(job.task, [job.task.page.bytes.buffer]);
  }

  #finish(answer: ReadingAnswer): void {
    clearTimeout(this.#limit);
    this.#settle(answer);
    this.#rest();
    this.#onFree();
  }

  #settle(answer: ReadingAnswer): void {
    const job = this.#job;
    this.#job = null;
    if (job === null) return;
    if ('read' in answer) job.resolve(answer.read);
    else job.reject('fault' in answer ? answer.fault : asError(answer.unreadable));
  }

  #giveUp(url: string): void {
    const message = `The page could not be read within ${this.#limitMs / 1000} s.`;
    this.#settle({ unreadable: { reason: 'unreadable', message, url } });
    this.#end();
  }

  #rest(): void {
    this.#worker.unref();
    this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
  }

  /** Takes no further job while it is on its way out. */
  #end(): void {
    this.#hasEnded = true;
    void this.#worker.terminate();
  }
}

function asError({ reason, message, url }: Unreadable): UnreadablePageError {
  return new UnreadablePageError(reason, message, url);
}

/** The thread gets a copy of its own: what is sent is moved, and a body may be a part of a larger buffer. */
function sent({ url, redirects, body, headers }: FetchResult): ReadingTask['page'] {
  return { url, redirects, bytes: new Uint8Array(body), contentType: headers['content-type'] ?? '' };
}

/** The process's one pool. */
export const pageReaders = new PageReaders();
