import { proxy } from 'comlink';
import { asError } from '../../api/http.ts';
import type { TrainingProgress } from '../recommender-types.ts';
import { changeOnDevice, onDevice, takeState } from './on-device.ts';
import { offeredModel, updateModel } from './start-recommender.ts';

/** Trains a model on this device and puts it in use. A failure is kept in `onDevice().training`. */
export async function trainHere(): Promise<void> {
  const { service, training } = onDevice();
  if (service === null || training?.status === 'running' || training?.status === 'stopping') return;
  changeOnDevice({ training: { status: 'running', progress: [], failure: null } });
  try {
    takeState(await service.train(await offeredModel(), proxy(takeProgress)));
    changeOnDevice({ training: { status: 'done', progress: onDevice().training?.progress ?? [], failure: null } });
  } catch (error) {
    const failure = `The training ended without a model: ${asError(error).message}. Your recommendations come from the model before.`;
    changeOnDevice({ training: { status: 'failed', progress: [], failure } });
  }
}

function takeProgress(report: TrainingProgress): void {
  const { training } = onDevice();
  if (training === null) return;
  // After a lost GPU, the iterations since the last checkpoint are reported once more.
  const before = training.progress.filter(({ iteration }) => iteration < report.iteration);
  changeOnDevice({ training: { ...training, progress: [...before, report] } });
}

/** Ends the training after the iteration under way; the model so far is used. */
export function stopTraining(): void {
  const { service, training } = onDevice();
  if (service === null || training === null) return;
  changeOnDevice({ training: { ...training, status: 'stopping' } });
  void service.stop();
}

/** Returns to the server's model. */
export async function forgetTraining(): Promise<void> {
  const { service } = onDevice();
  if (service === null) return;
  takeState(await service.forgetTraining());
  changeOnDevice({ training: null });
  await updateModel();
}
