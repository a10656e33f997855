/** What `trainModel` takes besides a dataset and parameters: engines, signals, and listeners to its progress. */
import type { Checkpoint } from './checkpoint.ts';
import type { ComputeBackend, Factors } from './compute-backend.ts';

/** One line of the training log. The first is the start, iteration 2 after its two plain sweeps: its gradient norm is ‖g₀‖. */
export interface IterationReport {
  iteration: number;
  loss: number;
  gradientNorm: number;
  /** Step length and conjugation of the step that led here; null at the start and after a resume. */
  alpha: number | null;
  beta: number | null;
  /** How often the direction was reset to the preconditioned gradient so far. */
  restarts: number;
  /** Since training began, in the runs that a checkpoint joins too; loading is excluded. */
  seconds: number;
  /** Observed pairs passed per second of computing since the report before, both halves of a sweep counted. */
  ratingsPerSecond: number;
  /** What `TrainingOptions.validation` says of this point; null without one. */
  validation: number | null;
  /** What computed it, for people: "threads (2)". */
  engine: string;
}

/** Judges the factors after each iteration on observations that were held out: the best are kept instead of the last. */
export interface Validation {
  /** For people: "rmse", "ndcg@20". */
  readonly metric: string;
  readonly isHigherBetter: boolean;
  /** Training ends after this many iterations without a better score; unset, it never does for that reason. */
  readonly patience?: number;
  score(factors: Factors): number | Promise<number>;
}

/** An engine failed, and the next went on. */
export interface Fallback {
  /** The engine, or the backend's name where it never opened. */
  from: string;
  to: string;
  /** What happened, for people. */
  reason: string;
  /** The checkpoint's iteration, from which the next engine went on; null: from the start. */
  iteration: number | null;
}

export interface TrainingOptions {
  backend: ComputeBackend;
  /**
   * Where training moves to, in this order and from its last checkpoint, when a device is lost or has no memory left.
   * Without any, such an error ends the training.
   */
  fallbacks?: readonly ComputeBackend[];
  /** Called when that happens; iterations past the checkpoint are reported again. */
  onFallback?(fallback: Fallback): void;
  /** Ends at once: the training throws the signal's reason. */
  signal?: AbortSignal;
  /** Ends after the current iteration, with a last checkpoint and the model so far. */
  stopSignal?: AbortSignal;
  onIteration?(report: IterationReport): void;
  /** Share of the current sweep that is done, 0…1. */
  onBlock?(done: number): void;
  validation?: Validation;
  /** Called every `checkpointIntervalMs` with a copy that the caller may keep; training waits for it. */
  onCheckpoint?(checkpoint: Checkpoint): void | Promise<void>;
  /** 10 seconds by default. */
  checkpointIntervalMs?: number;
  /** Goes on from here. Conjugation starts anew: the model differs in rounding and path from an uninterrupted run's. */
  resumeFrom?: Checkpoint;
}
