import type { ChosenBackend } from '../../shared/recommender/backends/choose-backend.ts';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import type { TrainingParameters } from '../../shared/recommender/training/parameters.ts';
import { trainModel } from '../../shared/recommender/training/train-model.ts';
import type { Validation } from '../../shared/recommender/training/training-options.ts';
import type { TrainingResult } from '../../shared/recommender/training/training-result.ts';
import { type SavedTraining, writeCheckpoint } from './checkpoint-file.ts';
import { dataFingerprint } from './data-fingerprint.ts';
import { type Checkpoints, checkpointOf } from './resume.ts';
import { asOperatorError } from './training-errors.ts';
import type { TrainingListener } from './training-listener.ts';

/** A training, wherever its data come from. */
export interface Training {
  train: Dataset;
  /** What iterations are judged by, and the share of the data that it is; null: nothing is held out. */
  heldOut: { validation: Validation; share: number } | null;
  parameters: TrainingParameters;
  engine: ChosenBackend;
  /** Position of the store's last event that counts; null for a file of ratings. */
  eventsUpTo: number | null;
  /** Null: none are kept. */
  checkpoints: Checkpoints | null;
  /** What `savedTraining` gave. */
  saved: SavedTraining | null;
}

/** How a training is stopped from outside. */
export interface StopSignals {
  /** Ends the current iteration, then the training. */
  soon: AbortSignal;
  /** Ends it at once. */
  now: AbortSignal;
}

/** A training's result, and the ‖g₀‖ that it began with, in this run or in the one that it goes on from. */
export interface RunResult extends TrainingResult {
  initialGradientNorm: number;
}

/** Trains, goes on from a fitting checkpoint, and keeps new ones. @throws OperatorError; the reason of `stop.now` */
export async function runTraining(
  { train, heldOut, parameters, engine, eventsUpTo, checkpoints, saved }: Training,
  listener: TrainingListener,
  stop: StopSignals,
): Promise<RunResult> {
  const keeping = checkpoints && {
    ...checkpoints,
    task: { parameters, validate: heldOut?.share ?? null, data: dataFingerprint(train), eventsUpTo },
  };
  const resumeFrom = keeping && saved && checkpointOf(keeping.task, saved, keeping, listener);
  listener.onStart(engine, resumeFrom?.iteration ?? null);
  try {
    const result = await trainModel(train, parameters, {
      backend: engine.backend,
      fallbacks: engine.fallbacks,
      signal: stop.now,
      stopSignal: stop.soon,
      ...(heldOut && { validation: heldOut.validation }),
      ...(resumeFrom && { resumeFrom }),
      ...(keeping && {
        checkpointIntervalMs: keeping.intervalMs,
        onCheckpoint: (checkpoint) =>
          // A checkpoint that cannot be written costs only what it would have saved.
          writeCheckpoint(keeping.path, checkpoint, keeping.task).catch((error: Error) =>
            listener.onCheckpointLost(keeping.path, error),
          ),
      }),
      onFallback: (fallback) => listener.onFallback(fallback),
      onIteration: (report) => listener.onIteration(report, parameters.iterations),
    });
    return { ...result, initialGradientNorm: resumeFrom?.initialGradientNorm ?? result.reports[0]!.gradientNorm };
  } catch (error) {
    throw asOperatorError(error);
  } finally {
    listener.onEnd();
  }
}
