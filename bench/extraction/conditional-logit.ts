import type { WeightPrior } from '../matching/logistic-regression.ts';

/** A choice among values by their features, or of none of them. */
export interface Choice {
  /** [n values] features by name. */
  features: readonly ReadonlyMap<string, number>[];
  /** [n values] which are right; none: "none of these" is. */
  right: readonly boolean[];
  /** How much the choice counts. */
  weight: number;
}

const STEPS = 400;
const RATE = 0.05;
/** Adam's usual decay rates (Kingma and Ba 2015). */
const [MOMENTUM, VARIANCE, TINY] = [0.9, 0.999, 1e-8];

/**
 * The weights of a conditional logit (McFadden 1974), maximum a posteriori under independent normal priors: the likelihood
 * of a choice is the sum of the probabilities of the values that are right. By gradient ascent (Adam).
 */
export function fitConditionalLogit(
  choices: readonly Choice[],
  priors: ReadonlyMap<string, WeightPrior>,
): Map<string, number> {
  const names = [...priors.keys()];
  const index = new Map(names.map((name, j) => [name, j]));
  const weights = Float64Array.from(names, (name) => priors.get(name)?.mean ?? 0);
  const rows = choices.map(({ features }) =>
    features.map((values) =>
      [...values].flatMap(([name, value]) => {
        const j = index.get(name);
        return j === undefined ? [] : [[j, value] as const];
      }),
    ),
  );
  const [mean, square] = [new Float64Array(names.length), new Float64Array(names.length)];
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = Float64Array.from(names, (name, j) => {
      const prior = priors.get(name);
      return prior ? prior.precision * (prior.mean - weights[j]!) : 0;
    });
    for (const [i, { right, weight }] of choices.entries()) addGradient(gradient, rows[i]!, right, weight, weights);
    for (let j = 0; j < names.length; j += 1) {
      mean[j] = MOMENTUM * mean[j]! + (1 - MOMENTUM) * gradient[j]!;
      square[j] = VARIANCE * square[j]! + (1 - VARIANCE) * gradient[j]! ** 2;
      const corrected = mean[j]! / (1 - MOMENTUM ** step);
      weights[j]! += (RATE * corrected) / (Math.sqrt(square[j]! / (1 - VARIANCE ** step)) + TINY);
    }
  }
  return new Map(names.map((name, j) => [name, weights[j]!]));
}

type Row = readonly (readonly [feature: number, value: number])[];

/** Σ over the values of (posterior of being the right one − probability) · features. */
function addGradient(
  gradient: Float64Array,
  rows: readonly Row[],
  right: readonly boolean[],
  weight: number,
  weights: Float64Array,
): void {
  const probabilities = softmaxWithNone(
    rows.map((row) => row.reduce((sum, [j, value]) => sum + weights[j]! * value, 0)),
  );
  const ofRight = probabilities.reduce((sum, probability, i) => sum + (right[i] ? probability : 0), 0);
  for (const [i, row] of rows.entries()) {
    const posterior = right[i] && ofRight > 0 ? probabilities[i]! / ofRight : 0;
    const error = weight * (posterior - probabilities[i]!);
    for (const [j, value] of row) gradient[j]! += error * value;
  }
}

function softmaxWithNone(scores: readonly number[]): number[] {
  const highest = Math.max(0, ...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - highest), Math.exp(-highest));
  return scores.map((score) => Math.exp(score - highest) / sum);
}
