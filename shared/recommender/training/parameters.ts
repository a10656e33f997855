/** Everything that decides which model comes out of a dataset: defaults, and the ranges that are allowed. */
import type { Objective, RowSolverName } from './compute-backend.ts';
import { parseConfidence } from './confidence.ts';

export const MAX_FACTORS = 128;

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

/** Good first choices: ALS-WR on MovieLens (Zhou et al. 2008) and iALS on purchases (Rendle et al. 2021); the solvers are those of docs/decisions/0008-inexact-sweeps.md. */
export function defaultParameters(feedback: Feedback): TrainingParameters {
  const common = { feedback, algorithm: 'als-ncg', confidence: '1', seed: 1, tolerance: 0 } as const;
  switch (feedback) {
    case 'explicit':
      return { ...common, solver: 'cholesky', nFactors: 10, iterations: 20, lambda: 0.1, alpha0: 0, nu: 1 };
    case 'implicit':
      return { ...common, solver: 'cg', nFactors: 64, iterations: 8, lambda: 0.01, alpha0: 0.1, nu: 1 };
    default:
      return feedback satisfies never;
  }
}

/** @throws RangeError that names the parameter and what it may be. */
export function checkParameters(parameters: TrainingParameters): void {
  const {
    feedback,
    algorithm,
    solver = 'cholesky',
    nFactors,
    iterations,
    lambda,
    alpha0,
    nu,
    confidence,
    seed,
    tolerance,
  } = parameters;
  const check = (holds: boolean, name: string, value: unknown, wanted: string): void => {
    if (!holds) throw new RangeError(`${name} is ${JSON.stringify(value)}, but must be ${wanted}`);
  };
  check(feedback === 'explicit' || feedback === 'implicit', 'feedback', feedback, 'explicit or implicit');
  check(algorithm === 'als-ncg' || algorithm === 'als', 'algorithm', algorithm, 'als-ncg or als');
  check(solver === 'cholesky' || solver === 'cg', 'solver', solver, 'cholesky or cg');
  check(isInteger(nFactors, 1, MAX_FACTORS), 'nFactors', nFactors, `a whole number from 1 to ${MAX_FACTORS}`);
  check(isInteger(iterations, 2, 1e6), 'iterations', iterations, 'a whole number from 2 up, as the start takes two');
  check(isAtLeast(lambda, 0), 'lambda', lambda, '0 or more');
  check(isAtLeast(alpha0, 0), 'alpha0', alpha0, '0 or more');
  check(isAtLeast(nu, 0), 'nu', nu, '0 or more');
  check(isInteger(seed, 0, Number.MAX_SAFE_INTEGER), 'seed', seed, 'a whole number, 0 or more');
  check(isAtLeast(tolerance, 0) && tolerance < 1, 'tolerance', tolerance, '0 or more, and below 1');
  parseConfidence(confidence);
}

/** The loss that these parameters describe. */
export function objectiveOf({ feedback, lambda, alpha0, nu }: TrainingParameters): Objective {
  return feedback === 'explicit' ? { feedback, lambda } : { feedback, lambda, alpha0, nu };
}

function isInteger(value: number, least: number, greatest: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= greatest;
}

function isAtLeast(value: number, least: number): boolean {
  return Number.isFinite(value) && value >= least;
}
