import type { Dataset } from '../interactions/interactions.ts';
import type { FactorModel } from '../model/factor-model.ts';
import type { Problem } from './compute-backend.ts';
import { parseConfidence, withConfidence } from './confidence.ts';
import { DeviceFailure } from './device-failure.ts';
import { checkParameters, objectiveOf, type TrainingParameters } from './parameters.ts';
import type { TrainingOptions } from './training-options.ts';
import type { TrainingResult } from './training-result.ts';
import { TrainingRun } from './training-run.ts';

/**
 * Trains a model. The same dataset, parameters, backend and thread count give the same model, bit for bit, as long as
 * nothing is resumed.
 * @throws the signal's reason when it is aborted; RangeError for parameters out of range, an empty dataset, a checkpoint
 * of another shape, or divergence; a DeviceFailure when there is no fallback left.
 */
export async function trainModel(
  dataset: Dataset,
  parameters: TrainingParameters,
  options: TrainingOptions,
): Promise<TrainingResult> {
  checkParameters(parameters);
  const problem = problemOf(dataset, parameters);
  const run = new TrainingRun(problem, parameters, options);
  const waiting = [...(options.fallbacks ?? [])];
  for (let backend = options.backend; ; ) {
    try {
      const { factors, ...outcome } = await run.trainOn(backend);
      const model: FactorModel = {
        nFactors: parameters.nFactors,
        users: dataset.users,
        items: dataset.items,
        userFactors: Float32Array.from(factors.users),
        itemFactors: Float32Array.from(factors.items),
        parameters,
      };
      return { model, ...outcome };
    } catch (error) {
      const next = waiting.shift();
      if (next === undefined || !(error instanceof DeviceFailure)) throw error;
      run.moveOn(backend, next, error);
      backend = next;
    }
  }
}

/** The factorization problem that a dataset and parameters pose. */
export function problemOf(dataset: Dataset, parameters: TrainingParameters): Problem {
  const { interactions } = dataset;
  if (interactions.byUser.cols.length === 0)
    throw new RangeError('there is nothing to learn from: no user has an item');
  const observed =
    parameters.feedback === 'implicit'
      ? withConfidence(interactions, parseConfidence(parameters.confidence))
      : interactions;
  return { interactions: observed, nFactors: parameters.nFactors, objective: objectiveOf(parameters) };
}
