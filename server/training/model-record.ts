import type { ChosenBackend } from '../../shared/recommender/backends/choose-backend.ts';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import type { TrainingResult } from '../../shared/recommender/training/training-result.ts';

/** Parameters by the names of the command's flags, and how the model came about: kept in the registry and in the model's file. */
export function modelRecord(
  result: TrainingResult,
  { interactions: { byUser } }: Dataset,
  { adapterName, reason }: ChosenBackend,
): Record<string, unknown> {
  const { parameters } = result.model;
  const { feedback, algorithm, solver, nFactors, iterations, lambda, alpha0, nu, confidence, seed, tolerance } =
    parameters;
  const last = result.reports.at(-1);
  // The best iteration may have been in a run before this one, which only its validation is kept of.
  const chosen = result.reports.find(({ iteration }) => iteration === result.chosenIteration) ?? last;
  return {
    ...{ feedback, algorithm, solver, factors: nFactors, iterations, lambda, alpha0, nu, confidence, seed, tolerance },
    engine: result.engine,
    adapter: adapterName,
    engine_reason: reason,
    engines: result.engines,
    fallbacks: result.fallbacks,
    stopped: result.stopped,
    chosen_iteration: result.chosenIteration,
    validation: result.validation,
    loss: chosen?.loss,
    gradient_norm: chosen?.gradientNorm,
    seconds: last?.seconds,
    users: byUser.nRows,
    items: byUser.nCols,
    observed_pairs: byUser.cols.length,
  };
}
