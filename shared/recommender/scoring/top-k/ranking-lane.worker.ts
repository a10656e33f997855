/** A ranking lane in a thread of its own: one source for worker_threads and Web Workers. */
import { serveLane } from '../../threads/serve-lane.ts';
import { RankingLane, type RankingSetup } from './ranking-lane.ts';

serveLane((setup: RankingSetup) => new RankingLane(setup));
