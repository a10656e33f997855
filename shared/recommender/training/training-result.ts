/** What `trainModel` gives: the model, and how it came about. */
import type { FactorModel } from '../model/factor-model.ts';
import type { EngineSpan } from './checkpoint.ts';
import type { Fallback, IterationReport } from './training-options.ts';

/**
 * Why a run ended; `no descent`: a lower loss would be no more than rounding; `no improvement`: validation's
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
