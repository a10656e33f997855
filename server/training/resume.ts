import type { Checkpoint } from '../../shared/recommender/training/checkpoint.ts';
import { OperatorError } from '../operator-error.ts';
import { checkSameTask, readCheckpoint, type SavedTraining, type TrainingTask } from './checkpoint-file.ts';
import type { TrainingListener } from './training-listener.ts';

/** Where a training keeps its checkpoints, and whether it goes on from the one that is there. */
export interface Checkpoints {
  path: string;
  intervalMs: number;
  /** `required`: the training fails where it cannot go on; `if-possible`: it then begins anew. */
  resume: 'no' | 'required' | 'if-possible';
}

/** The training to go on from; null where there is none. @throws OperatorError when it is required and cannot be read. */
export async function savedTraining(
  { path, resume }: Checkpoints,
  listener: TrainingListener,
): Promise<SavedTraining | null> {
  if (resume === 'no') return null;
  return readCheckpoint(path).catch((error) => beginAnew(error, resume, listener));
}

/** The checkpoint of a saved training of the same task; null: begin anew. @throws OperatorError when it is required and of another. */
export function checkpointOf(
  task: TrainingTask,
  saved: SavedTraining,
  { path, resume }: Checkpoints,
  listener: TrainingListener,
): Checkpoint | null {
  try {
    checkSameTask(path, saved, task);
    return saved.checkpoint;
  } catch (error) {
    return beginAnew(error, resume, listener);
  }
}

function beginAnew(error: unknown, resume: Checkpoints['resume'], listener: TrainingListener): null {
  if (resume !== 'if-possible' || !(error instanceof OperatorError)) throw error;
  listener.onRestart(error.message);
  return null;
}
