import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Extraction } from '../../../shared/prices/page/extract-offer.ts';
import type { SelectorDeclaration } from '../../../shared/prices/page/selectors/selector-declaration.ts';
import type { FetchResult } from '../../fetch/fetcher.ts';
import type { SearchPage } from '../html/search-page.ts';
import { UnreadablePageError } from '../shop-error.ts';
import { READY, type ReadingAnswer, type ReadingQuestion, type ReadingTask } from './reading-task.ts';

/** A page of the mean size takes 20 ms, the largest that is fetched half a second. */
const READING_LIMIT_MS = 10_000;
/** A thread holds some 50 MB; it starts again within a fifth of a second. */
const IDLE_MS = 60_000;
/** A document takes up to a hundred times the size of its page. */
const MAX_HEAP_MB = 768;

/** Fetching takes a third of what reading takes, so readers alone may fill all cores; more than four wait for the network. */
const MAX_THREADS = Math.min(4, availableParallelism());
/** The page that a thread reads, and one that lies ready, so that it need not wait for this thread's next turn. */
const MAX_JOBS_PER_THREAD = 2;

type Unreadable = Extract<ReadingAnswer, { unreadable: unknown }>['unreadable'];

interface Job {
  page: FetchResult;
  question: ReadingQuestion;
  resolve(read: Extraction | SearchPage): void;
  reject(error: unknown): void;
}

/**
 * Reads pages in worker threads: a page of half a megabyte takes 20 ms to parse and judge, during which a process that
 * also answers requests would answer none. A page that defeats the reader costs its thread, not the process.
 */
export class PageReaders {
  readonly #limitMs: number;
  readonly #maxThreads: number;
  readonly #threads: ReadingThread[] = [];
  readonly #waiting: Job[] = [];
  #isClosed = false;

  /**
   * @param limitMs what one page may take.
   * @param maxThreads how many pages are read at the same time.
   */
  constructor(limitMs = READING_LIMIT_MS, maxThreads = MAX_THREADS) {
    this.#limitMs = limitMs;
    this.#maxThreads = maxThreads;
  }

  /** What a page says of its one product. @throws UnreadablePageError when it takes too long. */
  readProduct(page: FetchResult, selectors: SelectorDeclaration = {}): Promise<Extraction> {
    return this.#run<Extraction>(page, { kind: 'product', selectors });
  }

  /** What a shop's search came to. @throws UnreadablePageError */
  readSearch(page: FetchResult, query: string, selectors: SelectorDeclaration): Promise<SearchPage> {
    return this.#run<SearchPage>(page, { kind: 'search', query, selectors });
  }

  /** Starts a thread before the first page comes. */
  warmUp(): void {
    if (this.#threads.length === 0) this.#start();
  }

  /** Ends the threads; pages that are still to be read are given up. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#waiting.splice(0)) job.reject(closed());
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #run<T extends Extraction | SearchPage>(page: FetchResult, question: ReadingQuestion): Promise<T> {
    if (this.#isClosed) return Promise.reject(closed());
    return new Promise<T>((resolve, reject) => {
      // The thread answers with what it is asked for.
      this.#waiting.push({ page, question, resolve: resolve as Job['resolve'], reject });
      const allBusy = this.#threads.every(({ nJobs }) => nJobs > 0);
      if (allBusy && this.#threads.length < this.#maxThreads) this.#start();
      this.#dispatch();
    });
  }

  #start(): void {
    const thread = new ReadingThread(
      this.#limitMs,
      () => this.#dispatch(),
      (unread) => {
        this.#threads.splice(this.#threads.indexOf(thread), 1);
        if (this.#isClosed) for (const job of unread) job.reject(closed());
        else this.#waiting.unshift(...unread);
        if (this.#waiting.length > 0 && this.#threads.length === 0) this.#start();
        this.#dispatch();
      },
    );
    this.#threads.push(thread);
  }

  /** First to threads that have nothing to do, then one ahead to each. */
  #dispatch(): void {
    for (let nJobs = 0; nJobs < MAX_JOBS_PER_THREAD; nJobs += 1) {
      for (const thread of this.#threads) {
        if (!thread.isOpen || thread.nJobs !== nJobs) continue;
        const job = this.#waiting.shift();
        if (job === undefined) return;
        thread.run(job);
      }
    }
  }
}

/** One worker thread; it does its jobs in turn, and keeps the process alive only while it has any. */
class ReadingThread {
  readonly #worker: Worker;
  readonly #limitMs: number;
  readonly #onFree: () => void;
  /** In the order in which they were sent and are answered. */
  readonly #jobs: Job[] = [];
  #isOpen = true;
  /** A busy machine takes seconds to start a thread: that is not the page's time. */
  #isReady = false;
  #limit: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** @param onEnd gets the jobs that the thread has not begun */
  constructor(limitMs: number, onFree: () => void, onEnd: (unread: Job[]) => void) {
    this.#limitMs = limitMs;
    this.#onFree = onFree;
    this.#worker = new Worker(new URL('./reading-thread.ts', import.meta.url), {
      // The host's own flags are not for it: with --input-type, say, it would not start.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    this.#worker.on('message', (message: ReadingAnswer | typeof READY) => {
      if (message === READY) this.#begin();
      else this.#finish(message);
    });
    this.#worker.on('error', (fault) => this.#fail({ fault }));
    this.#worker.once('exit', () => {
      if (this.#isOpen) this.#fail({ fault: new Error('the thread that read the page has ended') });
      clearTimeout(this.#limit);
      clearTimeout(this.#idle);
      onEnd(this.#jobs);
    });
    this.#rest();
  }

  get nJobs(): number {
    return this.#jobs.length;
  }

  /** False once it is on its way out; it takes no further job then. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  run(job: Job): void {
    clearTimeout(this.#idle);
    this.#worker.ref();
    this.#jobs.push(job);
    if (this.#jobs.length === 1 && this.#isReady) this.#setLimit(job);
    const task: ReadingTask = { page: sent(job.page), question: job.question };
    this.#worker.postMessage(task, [task.page.bytes.buffer]);
  }

  #begin(): void {
    this.#isReady = true;
    const [job] = this.#jobs;
    if (job !== undefined) this.#setLimit(job);
  }

  #setLimit({ page: { url } }: Job): void {
    this.#limit = setTimeout(() => {
      const message = `The page could not be read within ${this.#limitMs / 1000} s.`;
      this.#fail({ unreadable: { reason: 'unreadable', message, url } });
    }, this.#limitMs);
  }

  #finish(answer: ReadingAnswer): void {
    if (!this.#isOpen) return; // The page had been given up before.
    this.#settleFirst(answer);
    const next = this.#jobs[0];
    if (next === undefined) this.#rest();
    else this.#setLimit(next);
    this.#onFree();
  }

  /** Ends the thread for the page that it reads: the page brought it down, or took too long. */
  #fail(answer: ReadingAnswer): void {
    this.#settleFirst(answer);
    void this.end();
  }

  #settleFirst(answer: ReadingAnswer): void {
    clearTimeout(this.#limit);
    const job = this.#jobs.shift();
    if (job === undefined) return;
    if ('read' in answer) job.resolve(answer.read);
    else job.reject('fault' in answer ? answer.fault : asError(answer.unreadable));
  }

  #rest(): void {
    this.#worker.unref();
    this.#idle = setTimeout(() => void this.end(), IDLE_MS).unref();
  }

  /** Jobs that are left are handed to `onEnd`. */
  async end(): Promise<void> {
    this.#isOpen = false;
    await this.#worker.terminate();
  }
}

function closed(): Error {
  return new Error('The page was not read: the process is ending.');
}

function asError({ reason, message, url }: Unreadable): UnreadablePageError {
  return new UnreadablePageError(reason, message, url);
}

/** The thread gets a copy of its own: what is sent is moved, and a body may be a part of a larger buffer. */
function sent({ url, redirects, body, headers }: FetchResult): ReadingTask['page'] {
  return { url, redirects, bytes: new Uint8Array(body), contentType: headers['content-type'] ?? '' };
}
