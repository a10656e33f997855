import { type Remote, wrap } from 'comlink';
import { spawnLane } from '#spawn-lane';
import type { SpawnedLane } from '../../threads/spawned-lane.ts';
import { WorkSharing } from '../../threads/work-sharing.ts';
import { type Command, Lane, type LaneSetup } from './lane.ts';
import type { LaneService } from './lane.worker.ts';

/** The lanes of one factor space. */
export interface Crew {
  /** For people: "threads (2)". */
  readonly engine: string;
  /** Carries out commands in order. @throws the first error of any lane, after which nothing can be run any more. */
  run(commands: readonly Command[]): Promise<void>;
  /** Ends what is running; its `run` is rejected. */
  stop(): void;
  /** Blocks of work done since the last call. */
  takeBlocksDone(): number;
  close(): void;
}

/** How long a lane in the caller's thread computes before others get their turn, ms: three frames. */
const SLICE_MS = 50;

/** One lane in a thread each, started once and kept until `close`. */
export class WorkerCrew implements Crew {
  readonly engine: string;
  readonly #threads: readonly SpawnedLane[];
  readonly #lanes: readonly Remote<LaneService>[];
  readonly #work: WorkSharing;
  /** Rejected when a thread dies: its answer would never come. */
  readonly #death: Promise<never>;
  readonly #die: (error: Error) => void;

  static async open(setup: LaneSetup): Promise<WorkerCrew> {
    const crew = new WorkerCrew(setup);
    try {
      await Promise.race([Promise.all(crew.#lanes.map((lane) => lane.open(setup))), crew.#death]);
    } catch (error) {
      crew.close();
      throw error;
    }
    return crew;
  }

  private constructor({ nLanes, workSharing }: LaneSetup) {
    this.engine = `threads (${nLanes})`;
    this.#work = new WorkSharing(workSharing, nLanes);
    this.#threads = Array.from({ length: nLanes }, spawnLane);
    this.#lanes = this.#threads.map(({ endpoint }) => wrap<LaneService>(endpoint));
    const { promise, reject } = Promise.withResolvers<never>();
    this.#death = promise;
    this.#die = reject;
    // Whoever waits for an answer hears of it; when nobody waits, the next call does.
    promise.catch(() => {});
    for (const thread of this.#threads) {
      thread.onFailure((error) => {
        this.#work.stop();
        reject(error);
      });
    }
  }

  async run(commands: readonly Command[]): Promise<void> {
    const answers = Promise.allSettled(this.#lanes.map((lane) => lane.run(commands)));
    const errors = (await Promise.race([answers, this.#death])).flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason as Error] : [],
    );
    // The lanes that only stopped because another one failed say so, and that is not what anybody wants to read.
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
    this.#die(new Error('the training threads were closed'));
    for (const thread of this.#threads) thread.terminate();
  }
}

/** One lane in the caller's thread, which it leaves to others every now and then. */
export class InlineCrew implements Crew {
  readonly engine = 'threads (1, in the same thread as everything else)';
  readonly #lane: Lane;
  readonly #work: WorkSharing;

  constructor(setup: LaneSetup) {
    this.#lane = new Lane(setup);
    this.#work = new WorkSharing(setup.workSharing, setup.nLanes);
  }

  async run(commands: readonly Command[]): Promise<void> {
    let pauseAt = performance.now() + SLICE_MS;
    for (const _ of this.#lane.run(commands)) {
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
