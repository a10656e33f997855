import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { referenceBackend } from '../backends/reference/reference-backend.ts';
import { rowLength } from '../interactions/interactions.ts';
import type { ComputeBackend, FactorSpace, Factors, Problem, Vector } from '../training/compute-backend.ts';
import { bruteForceGradient, bruteForceLoss } from './brute-force.ts';
import { PROBLEMS, randomFactors } from './test-problems.ts';

/** Sweeps after which alternation has come to rest: problems with few factors start far from it, and the others are slow to sweep. */
const enoughSweeps = (nFactors: number): number => Math.min(60, Math.ceil(2000 / nFactors));

/** What the sweeps of a backend must do that solves rows by a few steps of conjugate gradients. */
export function describeInexactSweeps(name: string, backend: ComputeBackend): void {
  for (const { name: problemName, problem } of PROBLEMS) {
    describe(`${name} by conjugate gradients, on ${problemName}:`, () => {
      const x0 = randomFactors(problem, 1);
      let space: FactorSpace;
      beforeAll(async () => {
        space = await backend.open(problem, { solver: 'cg' });
      });
      afterAll(() => space.close());
      const put = (factors: Factors): Vector => {
        const vector = space.vector();
        space.write(vector, factors);
        return vector;
      };

      test('a sweep lowers the loss by what its users move, and again by what its items move', async () => {
        const [x, px] = [put(x0), space.vector()];
        space.sweep(x, px);
        const swept = await space.read(px);
        const known = withoutStrangers(problem, x0);
        const afterUsers = bruteForceLoss(problem, { users: swept.users, items: known.items });
        expect(afterUsers).toBeLessThan(bruteForceLoss(problem, known));
        expect(bruteForceLoss(problem, swept)).toBeLessThan(afterUsers);
        expect(await space.read(x)).toEqual(await space.read(put(x0)));
      });

      test('rows without observations are zero after a sweep', async () => {
        const [x, px] = [put(x0), space.vector()];
        space.sweep(x, px);
        expect(await space.read(px)).toEqual(withoutStrangers(problem, await space.read(px)));
      });

      test('the gradient beside a sweep is that of the loss', async () => {
        const [x, px, g] = [put(x0), space.vector(), space.vector()];
        space.sweepAndGradient(x, px, g);
        const [actual, expected] = [await space.read(g), bruteForceGradient(problem, x0)];
        expect(distance(actual, expected) / distance(expected)).toBeLessThan(1e-5);
      });

      test('sweeps end where the users and items no longer want to move', async () => {
        let [x, px] = [put(x0), space.vector()];
        for (let i = 0; i < enoughSweeps(problem.nFactors); i++) {
          space.sweep(x, px);
          [x, px] = [px, x];
        }
        const end = await space.read(x);
        const exact = await exactSweep(problem, end);
        const left = bruteForceLoss(problem, end) - bruteForceLoss(problem, exact);
        expect(left / bruteForceLoss(problem, x0)).toBeLessThan(1e-4);
      });
    });
  }
}

async function exactSweep(problem: Problem, from: Factors): Promise<Factors> {
  const space = await referenceBackend.open(problem);
  const [x, px] = [space.vector(), space.vector()];
  space.write(x, from);
  space.sweep(x, px);
  return space.read(px).finally(() => space.close());
}

/** The factors with zeros in the rows of users and items that nothing is known of. */
function withoutStrangers({ interactions, nFactors: k }: Problem, { users, items }: Factors): Factors {
  const known = (csr: typeof interactions.byUser, factors: Factors['users']): Factors['users'] =>
    factors.map((factor, at) => (rowLength(csr, Math.floor(at / k)) === 0 ? 0 : factor));
  return { users: known(interactions.byUser, users), items: known(interactions.byItem, items) };
}

function distance(a: Factors, b?: Factors): number {
  const squares = (x: Factors['users'], y?: Factors['users']): number => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += (x[i]! - (y?.[i] ?? 0)) ** 2;
    return sum;
  };
  return Math.sqrt(squares(a.users, b?.users) + squares(a.items, b?.items));
}
