import type { ComputeBackend, Factors } from './compute-backend.ts';
import type { FactorModel } from './factor-model.ts';

export type Feedback = 'explicit' | 'implicit';
/** `als-ncg` is the default; `als` is the plain baseline. */
export type Algorithm = 'als-ncg' | 'als';

/** Everything that decides which model comes out of a dataset; stored with the model. */
export interface TrainingParameters {
  feedback: Feedback;
  algorithm: Algorithm;
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
  /** Since training began; loading is excluded. */
  seconds: number;
  /** Observed pairs passed per second since the report before, both halves of a sweep counted. */
  ratingsPerSecond: number;
}

/** Enough to go on after a crash or a lost device. */
export interface Checkpoint {
  factors: Factors;
  iteration: number;
  /** ‖g₀‖ of the run, so that the tolerance keeps its meaning. */
  initialGradientNorm: number;
}

export interface TrainingOptions {
  backend: ComputeBackend;
  signal?: AbortSignal;
  onIteration?(report: IterationReport): void;
  /** Share of the current sweep that is done, 0…1. */
  onBlock?(done: number): void;
  /** Judges the factors after each iteration, lower is better: the best are kept instead of the last. */
  validate?(factors: Factors): number | Promise<number>;
  /** Called every 10 seconds or so with a copy that the caller may keep. */
  onCheckpoint?(checkpoint: Checkpoint): void;
  /** Goes on from here. Conjugation starts anew: the model differs in rounding and path from an uninterrupted run's. */
  resumeFrom?: Checkpoint;
}

/** Why a run ended; `no descent`: no lower loss can be told from rounding any more. */
export type StopReason = 'iterations' | 'tolerance' | 'no descent';

export interface TrainingResult {
  model: FactorModel;
  /** Reports of all iterations, the start first. */
  reports: readonly IterationReport[];
  stopped: StopReason;
  /** Which iteration the model is from: the last, or the best by `validate`. */
  chosenIteration: number;
  /** What computed it, for people: "threads (2)". */
  engine: string;
}
