/** A lane of a factor space in a thread of its own: one source for worker_threads and Web Workers. */
import { serveLane } from '../../threads/serve-lane.ts';
import { SpaceLane, type SpaceLaneSetup } from './space-lane.ts';

serveLane((setup: SpaceLaneSetup) => new SpaceLane(setup));
