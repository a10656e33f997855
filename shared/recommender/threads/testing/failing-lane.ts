import type { CrewSetup, Lane } from '../lane.ts';
import { WorkSharing } from '../work-sharing.ts';

export const N_BLOCKS = 8;

/** `work` does every block; with the others the lane that takes the first block fails, or its whole thread dies. */
export type FailingJob = 'work' | 'fail' | 'die';

/** A lane for tests of crews. */
export class FailingLane implements Lane<FailingJob> {
  readonly #work: WorkSharing;

  constructor({ workSharing, nLanes }: CrewSetup) {
    this.#work = new WorkSharing(workSharing, nLanes);
  }

  *run(job: FailingJob): Generator<void, void, void> {
    for (const block of this.#work.blocks(N_BLOCKS)) {
      if (block === 0 && job === 'fail') throw new RangeError('the first block cannot be done');
      if (block === 0 && job === 'die') {
        // Uncaught, it ends the thread before the answer is sent.
        queueMicrotask(() => {
          throw new Error('this thread dies');
        });
        return;
      }
      yield;
    }
    this.#work.meet();
  }

  stop(): void {
    this.#work.stop();
  }
}
