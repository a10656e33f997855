/** What a training keeps of itself while it runs, so that it can go on elsewhere. */
import type { Factors } from './compute-backend.ts';

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
