import { type ChosenBackend, chooseBackend } from '../../shared/recommender/backends/choose-backend.ts';
import { NoGpuError } from '../../shared/recommender/backends/webgpu/gpu-errors.ts';
import type { TrainingParameters } from '../../shared/recommender/training/parameters.ts';
import { OperatorError } from '../operator-error.ts';
import { lockGpu } from '../training/gpu-lock.ts';
import type { TrainingFlags } from './training-options.ts';

/**
 * The backend that `--backend` asks for, or that `auto` finds the fastest; a GPU is this process's alone until it is closed.
 * @param onWait told when another process trains on the GPU
 * @throws OperatorError where there is no such backend; the signal's reason
 */
export async function openEngine(
  { backend, threads }: TrainingFlags,
  { solver }: TrainingParameters,
  onWait: (adapterName: string) => void,
  signal?: AbortSignal,
): Promise<ChosenBackend> {
  try {
    return await chooseBackend(backend, {
      nThreads: threads,
      solver,
      claimGpu: (adapterName) =>
        lockGpu(adapterName, {
          ...(signal && { signal }),
          onWait: () => onWait(adapterName),
          onUnlockable: (error) =>
            console.error(
              `magpie: another training on ${adapterName} would not be noticed, as no lock can be had: ${error.message}`,
            ),
        }),
    });
  } catch (error) {
    if (error instanceof RangeError || error instanceof NoGpuError)
      throw new OperatorError(error.message, { cause: error });
    throw error;
  }
}
