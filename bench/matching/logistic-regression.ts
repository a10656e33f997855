/** A normal prior on one weight. */
export interface WeightPrior {
  mean: number;
  /** Inverse variance: how many of the data's own units of information the prior is worth. */
  precision: number;
}

const MAX_STEPS = 50;
const CONVERGED = 1e-8;

/**
 * Logistic regression, maximum a posteriori under independent normal priors, by Newton's method (iteratively reweighted
 * least squares; Bishop, Pattern Recognition and Machine Learning, 4.3.3 with the prior of 4.5.1).
 * @param rows [n × d] features; a column of ones for the intercept.
 * @param labels [n] 0 or 1.
 */
export function fitLogistic(
  rows: readonly Float64Array[],
  labels: readonly number[],
  priors: readonly WeightPrior[],
): number[] {
  const d = priors.length;
  const weights = priors.map(({ mean }) => mean);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const gradient = priors.map(({ mean, precision }, j) => precision * (weights[j]! - mean));
    const hessian = priors.map(({ precision }, j) => Array.from({ length: d }, (_, k) => (j === k ? precision : 0)));
    for (const [i, row] of rows.entries()) {
      const probability = sigmoid(dot(row, weights));
      const error = probability - labels[i]!;
      const curvature = probability * (1 - probability);
      for (let j = 0; j < d; j += 1) {
        if (row[j] === 0) continue;
        gradient[j]! += error * row[j]!;
        for (let k = 0; k < d; k += 1) hessian[j]![k]! += curvature * row[j]! * row[k]!;
      }
    }
    const change = solve(hessian, gradient);
    for (let j = 0; j < d; j += 1) weights[j]! -= change[j]!;
    if (Math.max(...change.map(Math.abs)) < CONVERGED) return weights;
  }
  throw new Error(`the regression did not converge in ${MAX_STEPS} steps`);
}

export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

export function dot(row: Float64Array, weights: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < weights.length; j += 1) sum += row[j]! * weights[j]!;
  return sum;
}

/** Solves A x = b for a symmetric positive definite A by Cholesky's decomposition. */
function solve(a: number[][], b: readonly number[]): number[] {
  const n = b.length;
  const lower = a.map((row) => [...row]);
  for (let j = 0; j < n; j += 1) {
    for (let k = 0; k < j; k += 1) lower[j]![j]! -= lower[j]![k]! ** 2;
    lower[j]![j] = Math.sqrt(lower[j]![j]!);
    for (let i = j + 1; i < n; i += 1) {
      for (let k = 0; k < j; k += 1) lower[i]![j]! -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j]! /= lower[j]![j]!;
    }
  }
  const x = [...b];
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}
