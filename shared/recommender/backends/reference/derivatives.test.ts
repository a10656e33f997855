import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { bruteForceLoss } from '../../testing/brute-force.ts';
import { randomFactors, randomProblem } from '../../testing/test-problems.ts';
import type { FactorSpace, Factors, Objective, Problem, Vector } from '../../training/compute-backend.ts';
import { quarticChange } from '../../training/quartic.ts';
import { referenceBackend } from './reference-backend.ts';

const objectives = fc.oneof(
  fc.record({ feedback: fc.constant('explicit' as const), lambda: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({
    feedback: fc.constant('implicit' as const),
    lambda: fc.double({ min: 0, max: 1, noNaN: true }),
    alpha0: fc.double({ min: 0, max: 2, noNaN: true }),
    nu: fc.double({ min: 0, max: 1.5, noNaN: true }),
  }),
) satisfies fc.Arbitrary<Objective>;

const problems = fc
  .record({
    nUsers: fc.integer({ min: 1, max: 12 }),
    nItems: fc.integer({ min: 1, max: 12 }),
    nFactors: fc.integer({ min: 1, max: 9 }),
    objective: objectives,
    density: fc.double({ min: 0.1, max: 1, noNaN: true }),
    confidence: fc.constantFrom('1', 'linear:5', 'log:3,1'),
    seed: fc.nat(),
  })
  .map(({ seed, ...recipe }) => ({ problem: randomProblem(recipe, seed), seed }));

describe('on any problem, explicit or implicit,', () => {
  let space: FactorSpace;
  afterEach(() => space.close());
  const put = (factors: Factors): Vector => {
    const vector = space.vector();
    space.write(vector, factors);
    return vector;
  };

  test('the quartic’s coefficients agree with the loss to ten digits', async () => {
    await fc.assert(
      fc.asyncProperty(problems, fc.double({ min: -3, max: 5, noNaN: true }), async ({ problem, seed }, alpha) => {
        const [x, p] = doubles(problem, seed);
        space = await referenceBackend.open(problem);
        const quartic = await space.lineSearch(put(x), put(p));
        const start = bruteForceLoss(problem, x);
        const loss = bruteForceLoss(problem, along(x, alpha, p));
        expect(Math.abs(quartic.c0 - start)).toBeLessThanOrEqual(1e-10 * start);
        expect(Math.abs(quartic.c0 + quarticChange(quartic, alpha) - loss)).toBeLessThanOrEqual(
          1e-10 * Math.max(start, loss),
        );
      }),
      { numRuns: 200 },
    );
  });

  test('the gradient agrees with finite differences of the loss', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ problem, seed }) => {
        const [x, p] = doubles(problem, seed);
        space = await referenceBackend.open(problem);
        const [at, direction, g] = [put(x), put(p), space.vector()];
        space.gradient(at, g);
        const [slope = 0] = await space.dots([[g, direction]]);
        // Fourth-order central differences: exact but for rounding, since the loss is a quartic along a line.
        const h = 0.1;
        const loss = (steps: number): number => bruteForceLoss(problem, along(x, steps * h, p));
        const expected = (8 * (loss(1) - loss(-1)) - (loss(2) - loss(-2))) / (12 * h);
        // A loss of denormal size has no relative precision.
        const scale = Math.abs(expected) + loss(2) + loss(-2) + 1e-290;
        expect(Math.abs(slope - expected)).toBeLessThanOrEqual(1e-9 * scale);
      }),
      { numRuns: 200 },
    );
  });
});

/** A point and a direction in double precision. */
function doubles(problem: Problem, seed: number): [Factors, Factors] {
  return [along(randomFactors(problem, seed), 0.1, randomFactors(problem, seed + 1)), randomFactors(problem, seed + 2)];
}

function along(x: Factors, alpha: number, p: Factors): Factors {
  const move = (from: Factors['users'], direction: Factors['users']): Float64Array =>
    Float64Array.from(from, (factor, i) => factor + alpha * direction[i]!);
  return { users: move(x.users, p.users), items: move(x.items, p.items) };
}
