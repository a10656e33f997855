import { expose } from 'comlink';
import { endpoint } from '#worker-thread';
import type { Lane, LaneService } from './lane.ts';

/** What a worker's script does: holds one lane and runs on it what the crew in the other thread asks. */
export function serveLane<Setup, Job>(openLane: (setup: Setup) => Lane<Job>): void {
  let lane: Lane<Job> | null = null;
  const service: LaneService<Setup, Job> = {
    open(setup) {
      lane = openLane(setup);
    },
    run(job) {
      if (lane === null) throw new Error('the lane has not been opened');
      try {
        for (const _ of lane.run(job));
      } catch (error) {
        lane.stop();
        throw error;
      }
    },
  };
  expose(service, endpoint());
}
