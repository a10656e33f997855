import { type Remote, wrap } from 'comlink';
import { spawnRanker } from '#spawn-ranker';
import type { SpawnedLane } from '../../threads/spawned-lane.ts';
import { WorkSharing } from '../../threads/work-sharing.ts';
import type { RankingService } from './ranking.worker.ts';
import { type RankingJob, RankingLane, type RankingSetup } from './ranking-lane.ts';

/** The lanes of a batch ranker. */
export interface RankingCrew {
  /** For people: "threads (2)". */
  readonly engine: string;
  /** @throws the first error of any lane, after which nothing can be ranked any more. */
  rank(job: RankingJob): Promise<void>;
  close(): void;
}

/** How long a lane in the caller's thread computes before others get their turn, ms: three frames. */
const SLICE_MS = 50;

/** One lane in a thread each, started once and kept until `close`. */
export class ThreadedRankingCrew implements RankingCrew {
  readonly engine: string;
  readonly #threads: readonly SpawnedLane[];
  readonly #lanes: readonly Remote<RankingService>[];
  readonly #work: WorkSharing;
  /** Rejected when a thread dies, or is ended: its answer would never come. */
  readonly #end = Promise.withResolvers<never>();

  static async open(setup: RankingSetup): Promise<ThreadedRankingCrew> {
    const crew = new ThreadedRankingCrew(setup);
    try {
      await Promise.race([Promise.all(crew.#lanes.map((lane) => lane.open(setup))), crew.#end.promise]);
    } catch (error) {
      crew.close();
      throw error;
    }
    return crew;
  }

  private constructor({ nLanes, workSharing }: RankingSetup) {
    this.engine = `threads (${nLanes})`;
    this.#work = new WorkSharing(workSharing, nLanes);
    this.#threads = Array.from({ length: nLanes }, spawnRanker);
    this.#lanes = this.#threads.map(({ endpoint }) => wrap<RankingService>(endpoint));
    // Whoever waits for an answer hears of it; when nobody waits, the next call does.
    this.#end.promise.catch(() => {});
    for (const thread of this.#threads) {
      thread.onFailure((error) => {
        this.#work.stop();
        this.#end.reject(error);
      });
    }
  }

  async rank(job: RankingJob): Promise<void> {
    const answers = Promise.allSettled(this.#lanes.map((lane) => lane.rank(job)));
    const errors = (await Promise.race([answers, this.#end.promise])).flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason as Error] : [],
    );
    // Lanes that only stopped because another one failed say so, and that is not what anybody wants to read.
    const error = errors.find(({ name }) => name !== 'StoppedError') ?? errors[0];
    if (error !== undefined) throw error;
  }

  close(): void {
    this.#work.stop();
    this.#end.reject(new Error('the ranking threads were closed'));
    for (const thread of this.#threads) thread.terminate();
  }
}

/** One lane in the caller's thread, which it leaves to others every now and then. */
export class InlineRankingCrew implements RankingCrew {
  readonly engine = 'threads (1, in the same thread as everything else)';
  readonly #lane: RankingLane;

  constructor(setup: RankingSetup) {
    this.#lane = new RankingLane(setup);
  }

  async rank(job: RankingJob): Promise<void> {
    let pauseAt = performance.now() + SLICE_MS;
    for (const _ of this.#lane.rank(job)) {
      if (performance.now() < pauseAt) continue;
      await new Promise((resolve) => setTimeout(resolve));
      pauseAt = performance.now() + SLICE_MS;
    }
  }

  close(): void {
    this.#lane.stop();
  }
}
