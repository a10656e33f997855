import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { writeFactorModel } from '../../shared/recommender/factor-model-file.ts';
import type { Dataset } from '../../shared/recommender/interactions.ts';
import { trainModel } from '../../shared/recommender/train-model.ts';
import type { TrainingParameters, TrainingResult } from '../../shared/recommender/training.ts';
import { type Config, readConfig } from '../config.ts';
import { datasetOfRatings, feedbackOf, readRatingsFile } from '../import/ratings-csv.ts';
import type { Store } from '../store/store.ts';
import { datasetFromStore } from '../training/dataset.ts';
import { registerModel, writeFileAtomically } from '../training/register-model.ts';
import { CliError, printJson } from './output.ts';
import { progressBar } from './progress.ts';
import { addTrainingOptions, type TrainingFlags, type TrainingSetup, trainingSetup } from './training-options.ts';
import { withStore } from './with-store.ts';

interface TrainFlags extends TrainingFlags {
  ratings?: string;
  out?: string;
  json: boolean;
}

export function trainCommand(): Command {
  const command = new Command('train')
    .description('train a model on the store’s events and make it the current one, or on a file of ratings')
    .option('--ratings <file>', 'train on this CSV (user_id,item_id,rating[,timestamp], .gz too) instead of the store')
    .option('--out <file>', 'write the model there too (safetensors); with --ratings, there only')
    .option('--json', 'one object per iteration on stdout, then the result', false);
  return addTrainingOptions(command).action((flags: TrainFlags) =>
    flags.ratings === undefined ? trainOnStore(flags) : trainOnFile(flags.ratings, flags),
  );
}

async function trainOnFile(path: string, flags: TrainFlags): Promise<void> {
  if (flags.out === undefined) throw new CliError('with --ratings, say where the model goes: --out model.safetensors');
  const bar = progressBar(`reading ${path}`, 'bytes');
  const ratings = await readRatingsFile(path, bar.update).finally(() => bar.stop());
  const feedback = flags.feedback ?? feedbackOf(ratings);
  const setup = await trainingSetup({ ...flags, feedback });
  await report(flags, await train(datasetOfRatings(ratings, feedback), setup, flags), {});
}

async function trainOnStore(flags: TrainFlags): Promise<void> {
  const config = readConfig();
  await withStore(config, async (store) => {
    const feedback = flags.feedback ?? 'implicit';
    const setup = await trainingSetup({ ...flags, feedback });
    const bar = progressBar('reading events', 'events');
    const dataset = await datasetFromStore(store, feedback, bar.update).finally(() => bar.stop());
    if (dataset.interactions.byUser.cols.length === 0) {
      throw new CliError(
        feedback === 'implicit'
          ? 'there are no events to train on: "magpie import events" brings some, "magpie serve" the demo’s'
          : 'there are no ratings to train on: import some, or train on what people bought with --feedback implicit',
      );
    }
    const result = await train(dataset, setup, flags);
    await report(flags, result, await register(store, config, dataset, result));
  });
}

async function train(
  dataset: Dataset,
  { backend, parameters }: TrainingSetup,
  flags: TrainFlags,
): Promise<TrainingResult> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new CliError('stopped before the training had ended; no model was written'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const bar = progressBar('training', 'iterations');
  try {
    const result = await trainModel(dataset, parameters, {
      backend,
      signal: stop.signal,
      onIteration: (iteration) => {
        bar.update(iteration.iteration, parameters.iterations);
        if (!flags.json) return;
        printJson({
          iteration: iteration.iteration,
          loss: iteration.loss,
          gradient_norm: iteration.gradientNorm,
          alpha: iteration.alpha,
          beta: iteration.beta,
          seconds: iteration.seconds,
          restarts: iteration.restarts,
          ratings_per_second: iteration.ratingsPerSecond,
          iterations: parameters.iterations,
        });
      },
    });
    checkUsable(result);
    return result;
  } finally {
    bar.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** @throws CliError for a model that says nothing: it must not take the place of a good one. */
function checkUsable({ model }: TrainingResult): void {
  const says = (factors: Float32Array): boolean =>
    factors.every(Number.isFinite) && factors.some((value) => value !== 0);
  if (says(model.userFactors) && says(model.itemFactors)) return;
  throw new CliError(
    'the training came to nothing: all factors are zero, or not numbers; no model was written. A smaller --lambda may help',
  );
}

async function register(
  store: Store,
  config: Config,
  dataset: Dataset,
  result: TrainingResult,
): Promise<{ version: string }> {
  const { byUser } = dataset.interactions;
  const version = await registerModel(store, config, result.model, {
    ...wireParameters(result.model.parameters),
    engine: result.engine,
    loss: result.reports.at(-1)?.loss,
    seconds: result.reports.at(-1)?.seconds,
    users: byUser.nRows,
    items: byUser.nCols,
    observed_pairs: byUser.cols.length,
  });
  return { version };
}

async function report(flags: TrainFlags, result: TrainingResult, registered: { version?: string }): Promise<void> {
  if (flags.out !== undefined) {
    await mkdir(dirname(resolve(flags.out)), { recursive: true });
    await writeFileAtomically(flags.out, writeFactorModel(result.model));
  }
  const last = result.reports.at(-1)!;
  const first = result.reports[0]!;
  if (flags.json) {
    printJson({
      ...registered,
      ...(flags.out !== undefined && { out: flags.out }),
      engine: result.engine,
      stopped: result.stopped,
      chosen_iteration: result.chosenIteration,
      loss: last.loss,
      gradient_norm: last.gradientNorm,
      seconds: last.seconds,
    });
    return;
  }
  console.log(
    `${last.iteration} iterations in ${last.seconds.toFixed(1)} s on ${result.engine}: loss ${first.loss.toFixed(1)} → ${last.loss.toFixed(1)}, ‖g‖/‖g₀‖ = ${(last.gradientNorm / first.gradientNorm).toExponential(1)}`,
  );
  if (registered.version !== undefined) console.log(`model ${registered.version} answers now`);
  if (flags.out !== undefined) console.log(`written to ${flags.out}`);
}

/** Parameters by the names of the command's flags. */
function wireParameters(parameters: TrainingParameters): Record<string, unknown> {
  const { feedback, algorithm, nFactors, iterations, lambda, alpha0, nu, confidence, seed } = parameters;
  return { feedback, algorithm, factors: nFactors, iterations, lambda, alpha0, nu, confidence, seed };
}
