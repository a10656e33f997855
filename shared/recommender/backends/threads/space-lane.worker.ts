/** A lane in a thread of its own: one source for worker_threads and Web Workers. */

import { expose } from 'comlink';
import { endpoint } from '#worker-endpoint';
import { type Command, Lane, type LaneSetup } from './lane.ts';

let lane: Lane | null = null;

/** What the host may call. */
const laneService = {
  open(setup: LaneSetup): void {
    lane = new Lane(setup);
  },
  run(commands: readonly Command[]): void {
    if (lane === null) throw new Error('the lane has not been opened');
    try {
      for (const _ of lane.run(commands));
    } catch (error) {
      lane.stop();
      throw error;
    }
  },
};

export type LaneService = typeof laneService;

expose(laneService, endpoint());
