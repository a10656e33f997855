import type { BestPoint, Checkpoint, EngineSpan } from './checkpoint.ts';
import type { ComputeBackend, FactorSpace, Factors, Problem, Vector } from './compute-backend.ts';
import { type DescentState, descend } from './descend.ts';
import type { TrainingParameters } from './parameters.ts';
import { N_START_SWEEPS, startPoint } from './random-start.ts';
import type { Fallback, IterationReport, TrainingOptions } from './training-options.ts';
import type { StopReason, TrainingResult } from './training-result.ts';

/** How often x is copied to the host while training runs, so that a lost device costs no more, ms. */
const CHECKPOINT_INTERVAL_MS = 10_000;

export type TrainingOutcome = Omit<TrainingResult, 'model'> & { factors: Factors };

/** One training, which may pass through several engines: what outlives each of them. */
export class TrainingRun {
  readonly #problem: Problem;
  readonly #parameters: TrainingParameters;
  readonly #options: TrainingOptions;
  readonly #startedAt: number;
  #checkpoint: Checkpoint | null;
  #best: BestPoint | null;
  #reports: IterationReport[] = [];
  #engines: EngineSpan[];
  readonly #fallbacks: Fallback[] = [];
  /** The engine that computes, once it is open. */
  #engine: string | null = null;
  /** When computing began after the last report: validating and keeping checkpoints is no computing. */
  #computingSince = 0;
  #checkpointedAt = 0;

  constructor(problem: Problem, parameters: TrainingParameters, options: TrainingOptions) {
    const { resumeFrom } = options;
    if (resumeFrom && resumeFrom.iteration > parameters.iterations) {
      throw new RangeError(
        `the checkpoint is at iteration ${resumeFrom.iteration} already, past the ${parameters.iterations} that are asked for`,
      );
    }
    this.#problem = problem;
    this.#parameters = parameters;
    this.#options = options;
    this.#checkpoint = resumeFrom ?? null;
    this.#best = resumeFrom?.best ?? null;
    this.#engines = [...(resumeFrom?.engines ?? [])];
    this.#startedAt = performance.now() - 1000 * (resumeFrom?.seconds ?? 0);
  }

  /** Trains to the end, from the last checkpoint if there is one. @throws what the backend throws; then see `moveOn`. */
  async trainOn(backend: ComputeBackend): Promise<TrainingOutcome> {
    const { signal, onBlock } = this.#options;
    this.#engine = null;
    this.#computingSince = performance.now();
    this.#checkpointedAt = this.#computingSince;
    const space = await backend.open(this.#problem, {
      solver: this.#parameters.solver ?? 'cholesky',
      ...(signal && { signal }),
      ...(onBlock && { onBlock }),
    });
    try {
      this.#engine = space.engine;
      const x = this.#firstPoint(space);
      const stopped = await this.#descend(space, x);
      const iteration = this.#reports.at(-1)!.iteration;
      const chosen = this.#best ?? { factors: await space.read(x), iteration };
      const { validation } = this.#options;
      return {
        factors: chosen.factors,
        chosenIteration: chosen.iteration,
        validation: validation && this.#best ? { metric: validation.metric, score: this.#best.score } : null,
        reports: this.#reports,
        stopped,
        engine: space.engine,
        engines: this.#engines,
        fallbacks: this.#fallbacks,
      };
    } finally {
      space.close();
    }
  }

  /** Notes that `failed` could not go on, and takes back what came after the last checkpoint. */
  moveOn(failed: ComputeBackend, next: ComputeBackend, error: Error): void {
    const iteration = this.#checkpoint?.iteration ?? null;
    this.#reports = this.#reports.filter((report) => iteration !== null && report.iteration <= iteration);
    this.#engines = [...(this.#checkpoint?.engines ?? [])];
    const fallback = { from: this.#engine ?? failed.name, to: next.name, reason: error.message, iteration };
    this.#fallbacks.push(fallback);
    this.#options.onFallback?.(fallback);
  }

  #firstPoint(space: FactorSpace): Vector {
    if (this.#checkpoint === null) return startPoint(space, this.#problem, this.#parameters.seed);
    const x = space.vector();
    space.write(x, this.#checkpoint.factors);
    return x;
  }

  async #descend(space: FactorSpace, x: Vector): Promise<StopReason> {
    const { signal, stopSignal, validation, onIteration } = this.#options;
    const resumed = this.#checkpoint;
    const descent = descend(space, x, {
      ...this.#parameters,
      firstIteration: resumed?.iteration ?? N_START_SWEEPS,
      initialGradientNorm: resumed?.initialGradientNorm ?? null,
    });
    let sweeps = resumed === null ? N_START_SWEEPS + 1 : 1;
    for (;;) {
      signal?.throwIfAborted();
      const next = await descent.next();
      if (next.done) return next.value;
      const state = { ...next.value, restarts: next.value.restarts + (resumed?.restarts ?? 0) };
      const timed = this.#timed(sweeps);
      sweeps = 1;
      const copy = validation ? await space.read(x) : null;
      const score = copy ? await this.#validate(copy, state.iteration) : null;
      this.#credit(space.engine, state.iteration, resumed?.iteration ?? 0);
      const { initialGradientNorm: _, ...point } = state;
      const report = { ...point, ...timed, validation: score, engine: space.engine };
      // The point that a checkpoint holds was reported before, and is measured again.
      if (this.#reports.at(-1)?.iteration === report.iteration) this.#reports.pop();
      this.#reports.push(report);
      onIteration?.(report);

      const isStopped = stopSignal?.aborted === true;
      const isDue = performance.now() - this.#checkpointedAt >= this.#intervalMs;
      if (this.#takesCheckpoints && (isStopped || isDue)) await this.#keep(copy ?? (await space.read(x)), state);
      if (isStopped) return 'stopped';
      if (validation?.patience !== undefined && this.#best !== null) {
        if (report.iteration - this.#best.iteration >= validation.patience) return 'no improvement';
      }
      this.#computingSince = performance.now();
    }
  }

  #timed(sweeps: number): Pick<IterationReport, 'seconds' | 'ratingsPerSecond'> {
    const now = performance.now();
    const pairs = 2 * this.#problem.interactions.byUser.cols.length * sweeps;
    return {
      seconds: (now - this.#startedAt) / 1000,
      ratingsPerSecond: pairs / ((now - this.#computingSince) / 1000),
    };
  }

  async #validate(factors: Factors, iteration: number): Promise<number> {
    const { isHigherBetter, score: judge } = this.#options.validation!;
    const score = await judge(factors);
    const best = this.#best?.score;
    if (best === undefined || (isHigherBetter ? score > best : score < best)) {
      this.#best = { factors, iteration, score };
    }
    return score;
  }

  /** Counts an iteration as this engine's work, unless it came from a checkpoint. */
  #credit(engine: string, iteration: number, before: number): void {
    if (iteration <= before) return;
    const last = this.#engines.at(-1);
    if (last?.engine === engine) last.to = iteration;
    else this.#engines.push({ engine, from: (last?.to ?? 0) + 1, to: iteration });
  }

  /** Whether checkpoints are taken: where someone stores them, or another engine may have to go on from one. */
  get #takesCheckpoints(): boolean {
    return this.#options.onCheckpoint !== undefined || (this.#options.fallbacks?.length ?? 0) > 0;
  }

  get #intervalMs(): number {
    return this.#options.checkpointIntervalMs ?? CHECKPOINT_INTERVAL_MS;
  }

  async #keep(factors: Factors, state: DescentState): Promise<void> {
    this.#checkpoint = {
      factors,
      iteration: state.iteration,
      initialGradientNorm: state.initialGradientNorm,
      restarts: state.restarts,
      seconds: this.#reports.at(-1)!.seconds,
      best: this.#best,
      engines: this.#engines.map((span) => ({ ...span })),
    };
    await this.#options.onCheckpoint?.(this.#checkpoint);
    this.#checkpointedAt = performance.now();
  }
}
