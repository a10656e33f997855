/** A ranking lane in a thread of its own: one source for worker_threads and Web Workers. */

import { expose } from 'comlink';
import { endpoint } from '#worker-endpoint';
import { type RankingJob, RankingLane, type RankingSetup } from './ranking-lane.ts';

let lane: RankingLane | null = null;

/** What the host may call. */
const rankingService = {
  open(setup: RankingSetup): void {
    lane = new RankingLane(setup);
  },
  rank(job: RankingJob): void {
    if (lane === null) throw new Error('the lane has not been opened');
    try {
      for (const _ of lane.rank(job));
    } catch (error) {
      lane.stop();
      throw error;
    }
  },
};

export type RankingService = typeof rankingService;

expose(rankingService, endpoint());
