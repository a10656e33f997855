import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import { writeFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { checkStorableIds } from '../../shared/recommender/model/id-tensors.ts';
import type { TrainingResult } from '../../shared/recommender/training/training-result.ts';
import { type Config, readConfig } from '../config.ts';
import { datasetOfRatings, feedbackOf, readRatingsFile } from '../import/ratings-csv.ts';
import { makeFolder } from '../make-folder.ts';
import { OperatorError } from '../operator-error.ts';
import { START_WAIT_MS } from '../start.ts';
import type { Store } from '../store/store.ts';
import { datasetFromStore } from '../training/dataset.ts';
import { modelRecord } from '../training/model-record.ts';
import { modelOfRun, registerModel } from '../training/register-model.ts';
import { type Checkpoints, savedTraining } from '../training/resume.ts';
import { type RunResult, runTraining, type StopSignals, type Training } from '../training/run.ts';
import { lockRun } from '../training/run-id.ts';
import { asOperatorError } from '../training/training-errors.ts';
import type { TrainingListener } from '../training/training-listener.ts';
import { writeFileAtomically } from '../training/write-file-atomically.ts';
import { ENCODING_HELP } from './encoding-help.ts';
import { takeLowPriority } from './low-priority.ts';
import { withNativeOutputCaught } from './native-output.ts';
import { openEngine } from './open-engine.ts';
import { printJson, tellLine } from './output.ts';
import { progressBar } from './progress.ts';
import { withStopSignals } from './stop-signals.ts';
import { stoppedSentence } from './stopped-sentence.ts';
import { addTrainingOptions, splitByFlags, type TrainingFlags, trainingParameters } from './training-options.ts';
import { trainingOutput } from './training-output.ts';
import { withStore } from './with-store.ts';

interface TrainFlags extends TrainingFlags {
  ratings?: string;
  out?: string;
  encoding?: string;
  checkpoint?: string;
  checkpointEvery: number;
  /** `true` for the bare flag. */
  resume?: true | 'if-possible';
  promote: boolean;
  json: boolean;
  run?: string;
}

/** How often a checkpoint is written, s. */
const CHECKPOINT_EVERY_SECONDS = 10;

export function trainCommand(): Command {
  const command = new Command('train')
    .description('train a model on the store’s events and make it the current one, or on a file of ratings')
    .hook('preAction', takeLowPriority)
    .option('--ratings <file>', 'train on this CSV (user_id,item_id,rating[,timestamp], .gz too) instead of the store')
    .option('--encoding <name>', `with --ratings: ${ENCODING_HELP}`)
    .option('--out <file>', 'write the model there too (safetensors); with --ratings, there only')
    .option(
      '--checkpoint <file>',
      'keep how far training has come there, to go on after a crash or Ctrl-C (default on the store: checkpoints/train.safetensors in the data folder)',
    )
    .option('--checkpoint-every <seconds>', 'how often', seconds, CHECKPOINT_EVERY_SECONDS)
    .option(
      '--resume [when]',
      'go on from the checkpoint, which must be of the same data and parameters; with "if-possible", begin anew where there is none such',
      resumeWhen,
    )
    .option('--no-promote', 'register the model, but leave the current one in its place')
    .addOption(
      new Option('--run <id>', 'of the job that this is an attempt at: its model is registered once').hideHelp(),
    )
    .option('--json', 'on stdout what computes and why, one object per iteration, then the result', false);
  return addTrainingOptions(command).action((flags: TrainFlags) =>
    withNativeOutputCaught(flags.backend, () =>
      withStopSignals((stop) =>
        flags.ratings === undefined ? trainOnStore(flags, stop) : trainOnFile(flags.ratings, flags, stop),
      ),
    ),
  );
}

async function trainOnFile(path: string, flags: TrainFlags, stop: StopSignals): Promise<void> {
  if (flags.out === undefined)
    throw new OperatorError('with --ratings, say where the model goes: --out model.safetensors');
  if (!flags.promote)
    throw new OperatorError('--no-promote is for training on the store: with --ratings no model is registered');
  const output = trainingOutput(flags.json);
  const checkpoints = checkpointsOf(flags);
  const saved = checkpoints && (await savedTraining(checkpoints, output));
  const bar = progressBar(`reading ${path}`, 'bytes');
  const ratings = await readRatingsFile(path, {
    ...{ encoding: flags.encoding, onProgress: bar.update, onWait: tellLine, signal: stop.soon },
  }).finally(() => bar.stop());
  const feedback = flags.feedback ?? feedbackOf(ratings);
  const parameters = trainingParameters({ ...flags, feedback });
  const dataset = datasetOfRatings(ratings, feedback);
  const engine = await openEngine(flags, parameters, (adapter) => tellWait(adapter, flags.json), stop.soon);
  try {
    const source = { dataset, eventsUpTo: null };
    const result = await trained({ ...source, parameters, engine, checkpoints, saved }, flags, output, stop);
    const record = modelRecord(result, dataset, engine);
    await finish(flags, result, record, {});
  } finally {
    engine.close();
  }
}

async function trainOnStore(given: TrainFlags, stop: StopSignals): Promise<void> {
  const config = readConfig();
  const flags = { ...given, checkpoint: given.checkpoint ?? join(config.dataDir, 'checkpoints', 'train.safetensors') };
  const { run } = flags;
  if (run === undefined) return withStore(config, (store) => trainAnew(store, config, flags, stop));
  makeFolder(dirname(flags.checkpoint));
  const unlock = await lockRun(`${flags.checkpoint}.lock`, stop.soon);
  try {
    const once = async (store: Store): Promise<void> => {
      const registered = await modelOfRun(store, run, flags);
      if (registered === null) return trainAnew(store, config, flags, stop);
      await rm(flags.checkpoint, { force: true });
      printResult({ version: registered.version, promoted: flags.promote }, registered.parameters);
    };
    // A job's attempt waits for a database that is being restarted.
    await withStore(config, once, START_WAIT_MS);
  } finally {
    await unlock();
  }
}

async function trainAnew(
  store: Store,
  config: Config,
  flags: TrainFlags & { checkpoint: string },
  stop: StopSignals,
): Promise<void> {
  const feedback = flags.feedback ?? 'implicit';
  const parameters = trainingParameters({ ...flags, feedback });
  const output = trainingOutput(flags.json);
  const checkpoints = checkpointsOf(flags);
  const saved = checkpoints && (await savedTraining(checkpoints, output));
  const engine = await openEngine(flags, parameters, (adapter) => tellWait(adapter, flags.json), stop.soon);
  try {
    // Events that came since are left to the next training: else nothing could go on beside a running server.
    const eventsUpTo = saved?.task.eventsUpTo ?? (await store.events.latestPosition());
    const bar = progressBar('reading events', 'events');
    const dataset = await datasetFromStore(store, feedback, eventsUpTo, bar.update)
      .catch((error) => {
        throw asOperatorError(error);
      })
      .finally(() => bar.stop());
    if (dataset.interactions.byUser.cols.length === 0) {
      throw new OperatorError(
        feedback === 'implicit'
          ? 'there are no events to train on: "magpie import events" brings some, "magpie serve" the demo’s'
          : 'there are no ratings to train on: import some, or train on what people bought with --feedback implicit',
      );
    }
    const source = { dataset, eventsUpTo };
    const result = await trained({ ...source, parameters, engine, checkpoints, saved }, flags, output, stop);
    const record = modelRecord(result, dataset, engine);
    const { promote, run: runId = null } = flags;
    const version = await registerModel(store, config, result.model, record, { promote, runId });
    await finish(flags, result, record, { version, promoted: promote });
  } finally {
    engine.close();
  }
}

function checkpointsOf({ checkpoint: path, checkpointEvery, resume }: TrainFlags): Checkpoints | null {
  if (path !== undefined) {
    return { path, intervalMs: 1000 * checkpointEvery, resume: resume === true ? 'required' : (resume ?? 'no') };
  }
  if (resume !== undefined) throw new OperatorError('--resume needs to know from where: --checkpoint FILE');
  return null;
}

/** Trains on what the flags do not hold out. @throws OperatorError when it is stopped, or its model is of no use. */
async function trained(
  { dataset, ...training }: Omit<Training, 'train' | 'heldOut'> & { dataset: Dataset },
  flags: TrainFlags,
  output: TrainingListener,
  stop: StopSignals,
): Promise<RunResult> {
  checkStorable(dataset);
  const split = splitByFlags(dataset, training.parameters, flags);
  const result = await runTraining({ ...split, ...training }, output, stop);
  if (result.stopped === 'stopped') throw new OperatorError(stoppedSentence(result, flags.checkpoint));
  checkUsable(result);
  return result;
}

/** @throws OperatorError for ids that no model file can hold: said now, and not after hours of training. */
function checkStorable({ users, items }: Dataset): void {
  try {
    for (const { ids } of [users, items]) checkStorableIds(ids);
  } catch (error) {
    throw asOperatorError(error);
  }
}

/** @throws OperatorError for a model that says nothing: it must not take the place of a good one. */
function checkUsable({ model }: TrainingResult): void {
  const says = (factors: Float32Array): boolean =>
    factors.every(Number.isFinite) && factors.some((value) => value !== 0);
  if (says(model.userFactors) && says(model.itemFactors)) return;
  throw new OperatorError(
    'the training came to nothing: all factors are zero, or not numbers; no model was written. A smaller --lambda may help, unless all ratings are 0',
  );
}

/** Writes what `--out` asks for, prints the result, and drops the checkpoint, which is of no more use. */
async function finish(
  flags: TrainFlags,
  result: RunResult,
  record: Record<string, unknown>,
  registered: { version?: string; promoted?: boolean },
): Promise<void> {
  if (flags.out !== undefined) {
    await mkdir(dirname(resolve(flags.out)), { recursive: true });
    await writeFileAtomically(flags.out, writeFactorModel(result.model, record));
  }
  if (flags.checkpoint !== undefined) await rm(flags.checkpoint, { force: true });
  const last = result.reports.at(-1)!;
  const first = result.reports[0]!;
  if (flags.json) {
    printResult({ ...registered, ...(flags.out !== undefined && { out: flags.out }) }, record);
    return;
  }
  console.log(
    `${last.iteration} iterations in ${last.seconds.toFixed(1)} s on ${result.engine}: loss ${first.loss.toFixed(1)} → ${last.loss.toFixed(1)}, ‖g‖/‖g₀‖ = ${(last.gradientNorm / result.initialGradientNorm).toExponential(1)}`,
  );
  if (result.validation !== null) {
    const { metric, score } = result.validation;
    console.log(`best on the held-out part: iteration ${result.chosenIteration}, ${metric} ${score.toFixed(4)}`);
  }
  const { version, promoted } = registered;
  if (version !== undefined && promoted) console.log(`model ${version} answers now`);
  else if (version !== undefined)
    console.log(`model ${version} is registered: "magpie models promote ${version}" lets it answer`);
  if (flags.out !== undefined) console.log(`written to ${flags.out}`);
}

/** @param record as `modelRecord` gives it, which the registry keeps. */
function printResult(
  where: { version?: string; promoted?: boolean; out?: string },
  record: Record<string, unknown>,
): void {
  const { engine, adapter, engine_reason, engines, fallbacks, stopped, chosen_iteration, validation } = record;
  const { loss, gradient_norm, seconds } = record;
  printJson({
    ...where,
    ...{ engine, adapter, engine_reason, engines, fallbacks, stopped, chosen_iteration, validation },
    ...{ loss, gradient_norm, seconds },
  });
}

function tellWait(adapter: string, json: boolean): void {
  if (json) printJson({ event: 'waiting', adapter });
  else console.log(`waiting until another training is done with ${adapter}`);
}

function seconds(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= 0)) throw new InvalidArgumentError('It must be a number of seconds, 0 or more.');
  return value;
}

function resumeWhen(text: string): 'if-possible' {
  if (text !== 'if-possible') throw new InvalidArgumentError('It is either alone or followed by "if-possible".');
  return text;
}
