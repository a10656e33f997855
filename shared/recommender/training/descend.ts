import type { FactorSpace, Vector } from './compute-backend.ts';
import type { Algorithm } from './parameters.ts';
import { minimizeQuartic, quarticChange } from './quartic.ts';
import type { StopReason } from './training-result.ts';

/** The conjugation is given up after this many iterations, as in the authors' code (mbhynes/als-ncg). */
const RESTART_EVERY = 20;
/** A larger β means that the gradient has grown many-fold: the old direction knows nothing about the new point. */
const LARGEST_BETA = 10;

export interface DescentOptions {
  algorithm: Algorithm;
  /** Sweeps in all. */
  iterations: number;
  /** Stop when ‖g‖/‖g₀‖ is at most this. */
  tolerance: number;
  /** Number of sweeps behind x. */
  firstIteration: number;
  /** ‖g₀‖ of the run that is resumed; null takes it at x. */
  initialGradientNorm: number | null;
}

/** The point reached after an iteration, or the one that was given. */
export interface DescentState {
  iteration: number;
  loss: number;
  gradientNorm: number;
  initialGradientNorm: number;
  alpha: number | null;
  beta: number | null;
  restarts: number;
}

/**
 * Minimises the loss from x, in place, by ALS-NCG: nonlinear conjugate gradients preconditioned by one ALS sweep P
 * (Winlaw, Hynes, Caterini & De Sterck 2015, algorithm 2), with an exact line search. Plain ALS, x ← P(x), is the same
 * loop with β = 0 and α = 1. Yields at every point, when x may be read; x moves on at the next step of the generator.
 * @throws RangeError when the loss is no longer a number; what the space throws.
 */
export async function* descend(
  space: FactorSpace,
  x: Vector,
  { algorithm, iterations, tolerance, firstIteration, initialGradientNorm }: DescentOptions,
): AsyncGenerator<DescentState, StopReason, void> {
  const [g, p] = [space.vector(), space.vector()];
  // ḡ = x − P(x), the preconditioned gradient, here and one iteration ago.
  let [gBar, gBarBefore] = [space.vector(), space.vector()];
  let gDotGBarBefore = 0;
  let step: { alpha: number | null; beta: number | null } = { alpha: null, beta: null };
  let norm0 = initialGradientNorm;
  let restarts = 0;
  /** Loss at x by the line search that led there; null at the first point. */
  let foreseenLoss: number | null = null;
  const stateAt = (iteration: number, loss: number, gDotG: number): DescentState => {
    const gradientNorm = Math.sqrt(gDotG);
    norm0 ??= gradientNorm;
    if (!Number.isFinite(loss + gDotG)) throw divergence(iteration);
    return { iteration, loss, gradientNorm, initialGradientNorm: norm0, ...step, restarts };
  };
  const isAccurate = (state: DescentState): boolean =>
    tolerance > 0 && state.gradientNorm <= tolerance * state.initialGradientNorm;

  for (let iteration = firstIteration; iteration < iterations; iteration++) {
    space.sweepAndGradient(x, gBar, g);
    space.combine(gBar, 1, x, -1, gBar);
    const [gDotG = 0, gDotSweep = 0, gDotBefore = 0] = await space.dots([
      [g, g],
      [g, gBar],
      [g, gBarBefore],
    ]);
    const gDotGBar = Math.abs(gDotSweep);
    if (gDotSweep < 0 && algorithm === 'als-ncg') {
      // Only an inexact sweep gets here: its ḡ would be no direction of descent.
      space.combine(gBar, -1, gBar, 0, gBar);
    }

    // Polak-Ribière: β = g·(ḡ − ḡ_before) / (g_before·ḡ_before).
    const isRestart = algorithm === 'als' || (iteration - firstIteration) % RESTART_EVERY === 0;
    let beta = isRestart || gDotGBarBefore === 0 ? 0 : (gDotGBar - gDotBefore) / gDotGBarBefore;
    if (!(beta > 0 && beta <= LARGEST_BETA)) beta = 0;
    space.combine(p, -1, gBar, beta, p);
    let quartic = await space.lineSearch(x, p);
    let alpha = algorithm === 'als' ? 1 : minimizeQuartic(quartic);
    if (alpha === null && beta > 0) {
      // Nothing lower along the conjugate direction: fall back on the sweep's own.
      beta = 0;
      space.combine(p, -1, gBar, 0, p);
      quartic = await space.lineSearch(x, p);
      alpha = minimizeQuartic(quartic);
    }
    if (algorithm === 'als-ncg' && beta === 0 && iteration > firstIteration) restarts++;

    const state = stateAt(iteration, quartic.c0, gDotG);
    yield state;
    if (isAccurate(state)) return 'tolerance';
    if (alpha === null) return 'no descent';

    space.combine(x, 1, x, alpha, p);
    step = { alpha, beta };
    foreseenLoss = quartic.c0 + quarticChange(quartic, alpha);
    gDotGBarBefore = gDotGBar;
    [gBar, gBarBefore] = [gBarBefore, gBar];
  }

  // The last point needs no further sweep, only its gradient: along the last direction the loss is a known quartic.
  space.gradient(x, g);
  const [gDotG = 0] = await space.dots([[g, g]]);
  const last = stateAt(iterations, foreseenLoss ?? (await space.lineSearch(x, g)).c0, gDotG);
  yield last;
  return isAccurate(last) ? 'tolerance' : 'iterations';
}

function divergence(iteration: number): RangeError {
  return new RangeError(
    `training has diverged: the loss of iteration ${iteration} is not a number. A larger lambda keeps the factors bounded`,
  );
}
