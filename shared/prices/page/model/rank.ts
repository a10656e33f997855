import type { CastVote, Field, Signals } from '../vote.ts';
import { type Described, describe, featuresOf } from './describe.ts';
import { type FieldWeights, WEIGHTS } from './weights.ts';

/** A value with how likely it is the field's. */
export interface Ranked<F extends Field> extends Described<F> {
  /** 0…1; what is missing to 1 over all values of a field is the probability that none of them is right. */
  probability: number;
}

/** The values that were proposed for a field, likeliest first. */
export function rank<F extends Field>(field: F, votes: readonly CastVote[]): Ranked<F>[] {
  return rankDescribed(describe(field, votes), weightsOf(field));
}

/** What the model weighs in a field. Those that no page is labelled with share the weights of strengths alone. */
export function weightsOf(field: Field): FieldWeights {
  return WEIGHTS[field] ?? {};
}

/**
 * The probabilities of a conditional logit (McFadden 1974): exp of each value's score, over their sum and that of "none of
 * these", whose score is 0.
 */
export function rankDescribed<F extends Field>(described: readonly Described<F>[], weights: FieldWeights): Ranked<F>[] {
  const scored = described.map((candidate) => ({ candidate, score: scoreOf(candidate.features, weights) }));
  const highest = Math.max(0, ...scored.map(({ score }) => score));
  const sum = scored.reduce((total, { score }) => total + Math.exp(score - highest), Math.exp(-highest));
  return scored
    .map(({ candidate, score }) => ({
      ...candidate,
      votes: candidate.votes.toSorted((a, b) => worthOf(b, weights) - worthOf(a, weights)),
      probability: Math.exp(score - highest) / sum,
    }))
    .sort((a, b) => b.probability - a.probability);
}

function worthOf(cast: CastVote, weights: FieldWeights): number {
  return scoreOf(featuresOf(cast), weights);
}

/** Σ weight · feature. A source's strength without a weight of its own counts as it is. */
export function scoreOf(features: ReadonlyMap<string, number>, weights: FieldWeights): number {
  let score = 0;
  for (const [name, value] of features) {
    score += value * (weights[name] ?? (features.has(`by ${name}`) ? 1 : 0));
  }
  return score;
}

/** The same of a vote's own signals. */
export function scoreOfSignals(signals: Signals, weights: FieldWeights): number {
  let score = 0;
  for (const name in signals) score += (signals[name] ?? 0) * (weights[name] ?? 0);
  return score;
}
