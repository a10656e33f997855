import type { FactorSpace, Factors, Problem, Vector } from './compute-backend.ts';
import { parseConfidence, withConfidence } from './confidence.ts';
import { type DescentState, descend } from './descend.ts';
import type { FactorModel } from './factor-model.ts';
import type { Dataset } from './interactions.ts';
import { checkParameters, objectiveOf } from './parameters.ts';
import { randomStart } from './random-start.ts';
import type {
  Checkpoint,
  IterationReport,
  StopReason,
  TrainingOptions,
  TrainingParameters,
  TrainingResult,
} from './training.ts';

/** The start is this many plain sweeps from random numbers: ‖g₀‖ taken before them would depend on the scale of the numbers. */
const START_SWEEPS = 2;

/** How often x is copied to the host while training runs, so that a lost device costs no more, ms. */
const CHECKPOINT_INTERVAL_MS = 10_000;

/**
 * Trains a model. The same dataset, parameters, backend and thread count give the same model, bit for bit.
 * @throws the signal's reason when it is aborted; RangeError for parameters out of range, an empty dataset, or divergence.
 */
export async function trainModel(
  dataset: Dataset,
  parameters: TrainingParameters,
  options: TrainingOptions,
): Promise<TrainingResult> {
  checkParameters(parameters);
  const problem = problemOf(dataset, parameters);
  const { backend, signal, onBlock } = options;
  const startedAt = performance.now();
  const space = await backend.open(problem, { ...(signal && { signal }), ...(onBlock && { onBlock }) });
  try {
    const x = options.resumeFrom
      ? resumedPoint(space, options.resumeFrom)
      : startPoint(space, problem, parameters.seed);
    const run = await descendAndChoose(space, x, problem, parameters, options, startedAt);
    const { users, items } = run.factors;
    const model: FactorModel = {
      nFactors: parameters.nFactors,
      users: dataset.users,
      items: dataset.items,
      userFactors: Float32Array.from(users),
      itemFactors: Float32Array.from(items),
      parameters,
    };
    return { model, reports: run.reports, stopped: run.stopped, chosenIteration: run.iteration, engine: space.engine };
  } finally {
    space.close();
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

/** Where a descent begins: random numbers after two plain sweeps. */
export function startPoint(space: FactorSpace, { interactions, nFactors }: Problem, seed: number): Vector {
  const [x, once] = [space.vector(), space.vector()];
  space.write(x, randomStart(interactions.byUser.nRows, interactions.byItem.nRows, nFactors, seed));
  space.sweep(x, once);
  space.sweep(once, x);
  space.free(once);
  return x;
}

function resumedPoint(space: FactorSpace, checkpoint: Checkpoint): Vector {
  const x = space.vector();
  space.write(x, checkpoint.factors);
  return x;
}

interface ChosenPoint {
  factors: Factors;
  iteration: number;
  reports: IterationReport[];
  stopped: StopReason;
}

async function descendAndChoose(
  space: FactorSpace,
  x: Vector,
  problem: Problem,
  parameters: TrainingParameters,
  options: TrainingOptions,
  startedAt: number,
): Promise<ChosenPoint> {
  const { resumeFrom, validate, onIteration, onCheckpoint, signal } = options;
  const descent = descend(space, x, {
    ...parameters,
    firstIteration: resumeFrom?.iteration ?? START_SWEEPS,
    initialGradientNorm: resumeFrom?.initialGradientNorm ?? null,
  });
  const reports: IterationReport[] = [];
  let best: { factors: Factors; iteration: number; score: number } | null = null;
  let checkpointedAt = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const next = await descent.next();
    if (next.done) {
      const { factors, iteration } = best ?? { factors: await space.read(x), iteration: reports.at(-1)!.iteration };
      return { factors, iteration, reports, stopped: next.value };
    }
    const report = reportOf(next.value, problem, reports.at(-1), startedAt);
    reports.push(report);
    onIteration?.(report);
    if (validate) {
      const factors = await space.read(x);
      const score = await validate(factors);
      if (best === null || score < best.score) best = { factors, iteration: report.iteration, score };
    }
    if (onCheckpoint && performance.now() - checkpointedAt >= CHECKPOINT_INTERVAL_MS) {
      const { iteration, initialGradientNorm } = next.value;
      onCheckpoint({ factors: await space.read(x), iteration, initialGradientNorm });
      checkpointedAt = performance.now();
    }
  }
}

function reportOf(
  state: DescentState,
  { interactions }: Problem,
  before: IterationReport | undefined,
  startedAt: number,
): IterationReport {
  const { iteration, loss, gradientNorm, alpha, beta, restarts } = state;
  const seconds = (performance.now() - startedAt) / 1000;
  const passes = 2 * interactions.byUser.cols.length;
  const ratingsPerSecond = passes / (seconds - (before?.seconds ?? 0));
  return { iteration, loss, gradientNorm, alpha, beta, restarts, seconds, ratingsPerSecond };
}
