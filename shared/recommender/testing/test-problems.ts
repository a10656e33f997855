import { buildInteractions } from '../interactions/build-interactions.ts';
import type { Factors, Objective, Problem } from '../training/compute-backend.ts';
import { parseConfidence, withConfidence } from '../training/confidence.ts';
import { seededRandom } from '../training/random-start.ts';

/** Problems of every awkward shape, for tests of backends: small enough to be solved by brute force. */
export interface NamedProblem {
  name: string;
  problem: Problem;
}

const EXPLICIT: Objective = { feedback: 'explicit', lambda: 0.1 };
const IMPLICIT: Objective = { feedback: 'implicit', lambda: 0.05, alpha0: 0.2, nu: 0.7 };

interface Recipe {
  nUsers: number;
  nItems: number;
  nFactors: number;
  objective: Objective;
  /** Chance that a user has an item. */
  density: number;
  confidence?: string;
  /** The pairs instead of random ones. */
  observes?(user: number, item: number): boolean;
}

/** Ratings 1…5, all different in their last digits so that no two rows are alike by accident. */
export function randomProblem(recipe: Recipe, seed: number): Problem {
  const { nUsers, nItems, nFactors, objective, density, confidence = '1', observes } = recipe;
  const random = seededRandom(seed);
  const [users, items, values]: [number[], number[], number[]] = [[], [], []];
  for (let user = 0; user < nUsers; user++) {
    for (let item = 0; item < nItems; item++) {
      if (!(observes ? observes(user, item) : random() < density)) continue;
      users.push(user);
      items.push(item);
      values.push(1 + 4 * random());
    }
  }
  const triples = {
    users: Uint32Array.from(users),
    items: Uint32Array.from(items),
    values: Float32Array.from(values),
    timestamps: null,
  };
  const interactions = buildInteractions(triples, { nUsers, nItems }, 'last');
  return {
    interactions:
      objective.feedback === 'implicit' ? withConfidence(interactions, parseConfidence(confidence)) : interactions,
    nFactors,
    objective,
  };
}

/** A point with factors of about the size that training gives them. */
export function randomFactors({ interactions, nFactors }: Problem, seed: number): Factors {
  const random = seededRandom(seed);
  const fill = (length: number): Float32Array => Float32Array.from({ length }, () => 2 * random() - 1);
  return { users: fill(interactions.byUser.nRows * nFactors), items: fill(interactions.byItem.nRows * nFactors) };
}

export const PROBLEMS: readonly NamedProblem[] = [
  named('explicit', { nUsers: 30, nItems: 20, nFactors: 8, objective: EXPLICIT, density: 0.4 }),
  named('implicit', { nUsers: 30, nItems: 20, nFactors: 8, objective: IMPLICIT, density: 0.3 }),
  named('implicit with confidences', {
    ...{ nUsers: 25, nItems: 35, nFactors: 6, objective: IMPLICIT, density: 0.3, confidence: 'linear:3' },
  }),
  named('implicit with many short rows', {
    ...{ nUsers: 300, nItems: 60, nFactors: 22, objective: IMPLICIT, density: 0.12, confidence: 'log:4,1' },
  }),
  named('implicit without a term for all pairs', {
    ...{ nUsers: 20, nItems: 20, nFactors: 5, density: 0.4, confidence: 'log:2,1' },
    objective: { feedback: 'implicit', lambda: 0.1, alpha0: 0, nu: 1 },
  }),
  named('one factor', { nUsers: 12, nItems: 9, nFactors: 1, objective: EXPLICIT, density: 0.5 }),
  named('a number of factors that fills no vector', {
    ...{ nUsers: 40, nItems: 30, nFactors: 13, objective: IMPLICIT, density: 0.5 },
  }),
  named('rows longer than a panel, and as long as there are factors', {
    ...{ nUsers: 150, nItems: 70, nFactors: 16, objective: EXPLICIT, density: 0 },
    observes: (user, item) => item < [16, 15, 17, 64, 65, 70][user % 6]!,
  }),
  named('64 factors', { nUsers: 90, nItems: 80, nFactors: 64, objective: EXPLICIT, density: 0.8 }),
  named('128 factors', { nUsers: 20, nItems: 140, nFactors: 128, objective: IMPLICIT, density: 0.9 }),
  named('users and items without ratings', {
    ...{ nUsers: 20, nItems: 20, nFactors: 4, objective: EXPLICIT, density: 0 },
    observes: (user, item) => user % 3 === 1 && item % 2 === 1 && user !== 1,
  }),
  named('implicit users and items without events', {
    ...{ nUsers: 20, nItems: 20, nFactors: 4, objective: IMPLICIT, density: 0 },
    observes: (user, item) => user % 3 === 1 && item % 2 === 1,
  }),
  named('one user who rated everything, others who rated one thing', {
    ...{ nUsers: 50, nItems: 200, nFactors: 10, objective: EXPLICIT, density: 0 },
    observes: (user, item) => user === 0 || item === (user * 7) % 200,
  }),
  named('a single rating', { nUsers: 1, nItems: 1, nFactors: 3, objective: EXPLICIT, density: 1 }),
  named('λ = 0 with enough ratings', {
    ...{ nUsers: 30, nItems: 30, nFactors: 3, density: 0.9 },
    objective: { feedback: 'explicit', lambda: 0 },
  }),
  named('λ = 0 with fewer ratings than factors', {
    ...{ nUsers: 10, nItems: 8, nFactors: 12, density: 0.5 },
    objective: { feedback: 'explicit', lambda: 0 },
  }),
];

function named(name: string, recipe: Recipe): NamedProblem {
  return { name, problem: randomProblem(recipe, 7) };
}
