import type { FactorModel } from '../model/factor-model.ts';
import type { ComputeBackend, Factors, RowSolverName } from './compute-backend.ts';

export type Feedback = 'explicit' | 'implicit';
/** `als-ncg` is the default; `als` is the plain baseline. */
export type Algorithm = 'als-ncg' | 'als';

/** Everything that decides which model comes out of a dataset; stored with the model. */
export interface TrainingParameters {
  feedback: Feedback;
  algorithm: Algorithm;
  /** How a sweep solves a row; models from before there was a choice do not say: `cholesky`. */
  solver?: RowSolverName;
  /** k, 1…128. */
  nFactors: number;
  /** Sweeps in all, of which the first two are the plain ones of the start; 2 or more. */
  iterations: number;
  lambda: number;
  /** Weight α₀ of every user-item pair, observed or not; implicit feedback only. */
  alpha0: number;
  /** Exponent ν of the frequency in the regularisation; implicit feedback only. */
  nu: number;
  /** How a value becomes a confidence, see confidence.ts; implicit feedback only. */
  confidence: string;
  seed: number;
  /** Stop when ‖g‖/‖g₀‖ is at most this; 0 runs all iterations. */
  tolerance: number;
}

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

/** The iteration that validation likes best so far. */
export interface BestPoint {
  factors: Factors;
  iteration: number;
  score: number;
}

/** Iterations `from` … `to`, both included, were computed by one engine. */
export interface EngineSpan {
  engine: string;
  from: number;
  to: number;
}

/** Enough to go on after a crash or a lost device. */
export interface Checkpoint {
  factors: Factors;
  iteration: number;
  /** ‖g₀‖ of the run, so that the tolerance keeps its meaning. */
  initialGradientNorm: number;
  restarts: number;
  /** Spent so far. */
  seconds: number;
  /** Null without validation. */
  best: BestPoint | null;
  /** Who did the iterations so far. */
  engines: readonly EngineSpan[];
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
  /** Told when that happens; iterations past the checkpoint are reported again. */
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
  /** 10 seconds unless told. */
  checkpointIntervalMs?: number;
  /** Goes on from here. Conjugation starts anew: the model differs in rounding and path from an uninterrupted run's. */
  resumeFrom?: Checkpoint;
}

/**
 * Why a run ended; `no descent`: no lower loss can be told from rounding any more; `no improvement`: validation's
 * patience is at its end; `stopped`: by the stop signal.
 */
export type StopReason = 'iterations' | 'tolerance' | 'no descent' | 'no improvement' | 'stopped';

export interface TrainingResult {
  model: FactorModel;
  /** Reports of all iterations, the start first; those that a fallback had done again are in it once. */
  reports: readonly IterationReport[];
  stopped: StopReason;
  /** Which iteration the model is from: the last, or the best by `validation`. */
  chosenIteration: number;
  /** What validation says of it; null without one. */
  validation: { metric: string; score: number } | null;
  /** What computed it last, for people: "threads (2)". */
  engine: string;
  /** Who did which iterations, in the runs that a checkpoint joins too. */
  engines: readonly EngineSpan[];
  fallbacks: readonly Fallback[];
}
