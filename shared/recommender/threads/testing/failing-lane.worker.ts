/** A failing lane in a thread of its own, for tests of crews. */
import type { CrewSetup } from '../lane.ts';
import { serveLane } from '../serve-lane.ts';
import { FailingLane } from './failing-lane.ts';

serveLane((setup: CrewSetup) => new FailingLane(setup));
