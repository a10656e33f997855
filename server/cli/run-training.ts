import type { ChosenBackend } from '../../shared/recommender/backends/choose-backend.ts';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import { trainModel } from '../../shared/recommender/training/train-model.ts';
import type {
  Fallback,
  IterationReport,
  TrainingParameters,
  TrainingResult,
} from '../../shared/recommender/training/training.ts';
import { OperatorError } from '../operator-error.ts';
import {
  checkSameTask,
  readCheckpoint,
  type SavedTraining,
  type TrainingTask,
  writeCheckpoint,
} from '../training/checkpoint-file.ts';
import { dataFingerprint } from '../training/data-fingerprint.ts';
import { printJson } from './output.ts';
import { progressBar } from './progress.ts';
import type { StopSignals } from './stop-signals.ts';
import { splitByFlags, type TrainingFlags } from './training-options.ts';

export interface CheckpointFlags {
  checkpoint?: string;
  checkpointEvery: number;
  /** `true` for the bare flag. */
  resume?: true | 'if-possible';
}

export interface RunFlags extends TrainingFlags, CheckpointFlags {
  json: boolean;
}

/** What `train` trains, wherever its data come from. */
export interface TrainingJob {
  dataset: Dataset;
  parameters: TrainingParameters;
  engine: ChosenBackend;
  /** Position of the store's last event that counts. */
  eventsUpTo: number | null;
  /** What the flags say to go on from. */
  saved: SavedTraining | null;
}

/** The checkpoint that the flags say to go on from. @throws OperatorError when there must be one, and is none */
export async function savedTraining({ checkpoint, resume, json }: RunFlags): Promise<SavedTraining | null> {
  if (resume === undefined) return null;
  if (checkpoint === undefined) throw new OperatorError('--resume needs to know from where: --checkpoint FILE');
  return readCheckpoint(checkpoint).catch((error) => beginAnew(error, resume, json));
}

/** A training's result, and the ‖g₀‖ that it began with, in this run or in the one that it goes on from. */
export interface RunResult extends TrainingResult {
  initialGradientNorm: number;
}

/** Trains, told line by line or by a progress bar, and keeps checkpoints where the flags say. */
export async function runTraining(
  { dataset, parameters, engine, eventsUpTo, saved }: TrainingJob,
  flags: RunFlags,
  stop: StopSignals,
): Promise<RunResult> {
  const { json, checkpoint: path } = flags;
  const { train, validation } = splitByFlags(dataset, parameters, flags);
  const task: TrainingTask | null =
    path === undefined
      ? null
      : { parameters, validate: flags.validate ?? null, data: dataFingerprint(train), eventsUpTo };
  const resumeFrom = fittingCheckpoint(saved, task, flags);
  if (json) {
    const { backend, adapterName, reason } = engine;
    printJson({ event: 'engine', backend: backend.name, adapter: adapterName, reason });
    if (resumeFrom) printJson({ event: 'resumed', iteration: resumeFrom.iteration });
  } else {
    console.log(`computing on ${engine.reason}`);
    if (resumeFrom) console.log(`going on from iteration ${resumeFrom.iteration}`);
  }
  const bar = progressBar('training', 'iterations');
  try {
    const result = await trainModel(train, parameters, {
      backend: engine.backend,
      fallbacks: engine.fallbacks,
      signal: stop.now,
      stopSignal: stop.soon,
      ...(validation && { validation }),
      ...(resumeFrom && { resumeFrom }),
      checkpointIntervalMs: 1000 * flags.checkpointEvery,
      ...(path !== undefined &&
        task !== null && { onCheckpoint: (checkpoint) => keep(path, () => writeCheckpoint(path, checkpoint, task)) }),
      onFallback: (fallback) => tellFallback(fallback, json),
      onIteration(report) {
        bar.update(report.iteration, parameters.iterations);
        if (json) printJson({ ...wireIteration(report), iterations: parameters.iterations });
      },
    });
    if (result.stopped === 'stopped') throw new OperatorError(stoppedSentence(result, path));
    return { ...result, initialGradientNorm: resumeFrom?.initialGradientNorm ?? result.reports[0]!.gradientNorm };
  } catch (error) {
    throw asOperatorError(error);
  } finally {
    bar.stop();
  }
}

function fittingCheckpoint(
  saved: SavedTraining | null,
  task: TrainingTask | null,
  { checkpoint: path, resume, json }: RunFlags,
) {
  if (saved === null || task === null || path === undefined) return null;
  try {
    checkSameTask(path, saved, task);
    return saved.checkpoint;
  } catch (error) {
    beginAnew(error, resume, json);
    return null;
  }
}

/** With `--resume if-possible`, what keeps a training from going on is only told. */
function beginAnew(error: unknown, resume: RunFlags['resume'], json: boolean): null {
  if (resume !== 'if-possible' || !(error instanceof OperatorError)) throw error;
  if (json) printJson({ event: 'restarted', reason: error.message });
  else console.log(`beginning anew: ${error.message}`);
  return null;
}

/** What may befall a training without anybody's fault: divergence, a lost GPU, one too small. */
const TRAINING_ERRORS: ReadonlySet<string> = new Set(['RangeError', 'DeviceLostError', 'GpuOutOfMemoryError']);

/** Such an error is told in its own sentence. By name, since one from a thread has lost its class on the way. */
export function asOperatorError(error: unknown): unknown {
  if (!(error instanceof Error && TRAINING_ERRORS.has(error.name))) return error;
  return new OperatorError(error.message, { cause: error });
}

/** A checkpoint that cannot be written costs only what it would have saved. */
async function keep(path: string, write: () => Promise<void>): Promise<void> {
  await write().catch((error: Error) =>
    console.error(`magpie: the checkpoint ${path} could not be written: ${error.message}`),
  );
}

function tellFallback({ from, to, reason, iteration }: Fallback, json: boolean): void {
  if (json) printJson({ event: 'fallback', from, to, reason, iteration });
  else {
    const where = iteration === null ? 'from the start' : `from iteration ${iteration}`;
    console.log(`${from} failed (${reason}): going on with ${to}, ${where}`);
  }
}

function wireIteration(report: IterationReport): Record<string, unknown> {
  const { iteration, loss, gradientNorm, alpha, beta, restarts, seconds, ratingsPerSecond, validation, engine } =
    report;
  return {
    ...{ iteration, loss, gradient_norm: gradientNorm, alpha, beta, seconds, restarts },
    ...{ ratings_per_second: ratingsPerSecond, validation, engine },
  };
}

function stoppedSentence({ reports }: TrainingResult, path: string | undefined): string {
  const at = `stopped at iteration ${reports.at(-1)!.iteration}; no model was written`;
  if (path === undefined) return `${at}, and nothing kept: with --checkpoint FILE a stopped training can go on`;
  const args = process.argv
    .slice(2)
    .filter((arg, i, all) => arg !== '--resume' && !(arg === 'if-possible' && all[i - 1] === '--resume'));
  return `${at}. To go on: magpie ${args.map(quoted).join(' ')} --resume`;
}

/** As a shell reads it. */
function quoted(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`;
}
