import type { ChosenBackend } from '../../shared/recommender/backends/choose-backend.ts';
import type { Fallback, IterationReport } from '../../shared/recommender/training/training-options.ts';

/** What a training reports while it runs. */
export interface TrainingListener {
  /** A checkpoint cannot be used, so the training begins anew. */
  onRestart(reason: string): void;
  /** Computing begins. @param resumedFrom the iteration of the checkpoint that it goes on from; null: from the start. */
  onStart(engine: ChosenBackend, resumedFrom: number | null): void;
  /** @param iterations how many it takes at most. */
  onIteration(report: IterationReport, iterations: number): void;
  /** An engine failed, and another goes on. */
  onFallback(fallback: Fallback): void;
  /** A checkpoint could not be written; the training goes on. */
  onCheckpointLost(path: string, error: Error): void;
  /** Computing has ended, well or not. */
  onEnd(): void;
}
