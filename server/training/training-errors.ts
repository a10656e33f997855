import { OperatorError } from '../operator-error.ts';

/** What a training meets without a fault in the code: divergence, a lost GPU, a GPU too small. */
const TRAINING_ERRORS: ReadonlySet<string> = new Set(['RangeError', 'DeviceLostError', 'GpuOutOfMemoryError']);

/** Such an error as one for the operator, in its own sentence. By name, since an error from a thread has lost its class. */
export function asOperatorError(error: unknown): unknown {
  if (!(error instanceof Error && TRAINING_ERRORS.has(error.name))) return error;
  return new OperatorError(error.message, { cause: error });
}
