import type { CrewSetup, Lane } from './lane.ts';
import { WorkSharing } from './work-sharing.ts';
import type { WorkerThread } from './worker-thread.ts';

/** The lanes that do jobs together: in worker threads, or one in the caller's thread. */
export interface Crew<Job> {
  /** For people: "threads (2)". */
  readonly engine: string;
  /** Does a job on all lanes. @throws the first error of any lane, after which nothing can be run any more */
  run(job: Job): Promise<void>;
  /** Ends what is running; its `run` is rejected. */
  stop(): void;
  /** Blocks of work done since the last call. */
  takeBlocksDone(): number;
  close(): void;
}

/** A lane in a thread that was started for it. */
export interface ThreadedLane<Setup, Job> {
  thread: WorkerThread;
  /** The thread's LaneService, over comlink. */
  remote: {
    open(setup: Setup): Promise<void>;
    run(job: Job): Promise<void>;
  };
}

/** How long a lane in the caller's thread computes before others get their turn, ms: three frames. */
const SLICE_MS = 50;

/** One lane in a thread each, started once and kept until `close`. */
export class WorkerCrew<Setup extends CrewSetup, Job> implements Crew<Job> {
  readonly engine: string;
  readonly #lanes: readonly ThreadedLane<Setup, Job>[];
  readonly #work: WorkSharing;
  /** Rejected when a thread dies or is ended: its answer would never come. */
  readonly #end = Promise.withResolvers<never>();

  /** @throws the error of a lane that cannot be opened */
  static async open<Setup extends CrewSetup, Job>(
    setup: Setup,
    startLane: () => ThreadedLane<Setup, Job>,
  ): Promise<WorkerCrew<Setup, Job>> {
    const crew = new WorkerCrew(setup, startLane);
    try {
      await Promise.race([Promise.all(crew.#lanes.map(({ remote }) => remote.open(setup))), crew.#end.promise]);
    } catch (error) {
      crew.close();
      throw error;
    }
    return crew;
  }

  private constructor({ nLanes, workSharing }: Setup, startLane: () => ThreadedLane<Setup, Job>) {
    this.engine = `threads (${nLanes})`;
    this.#work = new WorkSharing(workSharing, nLanes);
    this.#lanes = Array.from({ length: nLanes }, startLane);
    // A call that waits for an answer gets this error; where none waits, the next one does.
    this.#end.promise.catch(() => {});
    for (const { thread } of this.#lanes) {
      thread.onFailure((error) => {
        this.#work.stop();
        this.#end.reject(error);
      });
    }
  }

  async run(job: Job): Promise<void> {
    const answers = Promise.allSettled(this.#lanes.map(({ remote }) => remote.run(job)));
    const errors = (await Promise.race([answers, this.#end.promise])).flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason as Error] : [],
    );
    // A StoppedError says only that another lane has failed: the error of that one is the one to read.
    const error = errors.find(({ name }) => name !== 'StoppedError') ?? errors[0];
    if (error !== undefined) throw error;
  }

  stop(): void {
    this.#work.stop();
  }

  takeBlocksDone(): number {
    return this.#work.takeBlocksDone();
  }

  close(): void {
    this.#work.stop();
    this.#end.reject(new Error('the worker threads were closed'));
    for (const { thread } of this.#lanes) thread.terminate();
  }
}

/** One lane in the caller's thread, which it leaves to others every now and then. */
export class InlineCrew<Job> implements Crew<Job> {
  readonly engine = 'threads (1, in the same thread as everything else)';
  readonly #lane: Lane<Job>;
  readonly #work: WorkSharing;

  constructor(lane: Lane<Job>, { workSharing, nLanes }: CrewSetup) {
    this.#lane = lane;
    this.#work = new WorkSharing(workSharing, nLanes);
  }

  async run(job: Job): Promise<void> {
    let pauseAt = performance.now() + SLICE_MS;
    for (const _ of this.#lane.run(job)) {
      if (performance.now() < pauseAt) continue;
      await new Promise((resolve) => setTimeout(resolve));
      pauseAt = performance.now() + SLICE_MS;
    }
  }

  stop(): void {
    this.#work.stop();
  }

  takeBlocksDone(): number {
    return this.#work.takeBlocksDone();
  }

  close(): void {
    this.#work.stop();
  }
}
