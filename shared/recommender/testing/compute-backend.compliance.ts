import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { referenceBackend } from '../backends/reference/reference-backend.ts';
import { rowLength } from '../interactions/interactions.ts';
import type { ComputeBackend, FactorSpace, Factors, Problem, Vector } from '../training/compute-backend.ts';
import { quarticChange } from '../training/quartic.ts';
import { bruteForceGradient, bruteForceLoss } from './brute-force.ts';
import { PROBLEMS, randomFactors, randomProblem } from './test-problems.ts';

export interface ComplianceOptions {
  /** Relative error that the precision of the backend's factors may cause. */
  tolerance: number;
  /** Relative error of sums, losses and inner products; they are added up in double precision unless it says otherwise. */
  sumTolerance?: number;
}

/** What every compute backend must do. Compared with definitions written out as plain loops, not with another backend. */
export function describeComputeBackend(
  name: string,
  backend: ComputeBackend,
  { tolerance, sumTolerance = 1e-10 }: ComplianceOptions,
): void {
  const spaces: FactorSpace[] = [];
  const open = async (problem: Problem, signal?: AbortSignal): Promise<FactorSpace> => {
    const space = await backend.open(problem, signal && { signal });
    spaces.push(space);
    return space;
  };
  const put = (space: FactorSpace, factors: Factors): Vector => {
    const vector = space.vector();
    space.write(vector, factors);
    return vector;
  };
  afterEach(() => {
    for (const space of spaces.splice(0)) space.close();
  });

  for (const { name: problemName, problem } of PROBLEMS) {
    describe(`${name} on ${problemName}:`, () => {
      const x0 = randomFactors(problem, 1);
      const p0 = randomFactors(problem, 2);
      let space: FactorSpace;
      beforeAll(async () => {
        space = await backend.open(problem);
      });
      afterAll(() => space.close());

      test('a sweep minimises over the users, then over the items', async () => {
        const [x, px] = [put(space, x0), space.vector()];
        space.sweep(x, px);
        const swept = await space.read(px);
        const scale = size(bruteForceGradient(problem, x0));
        const afterUsers = bruteForceGradient(problem, { users: swept.users, items: x0.items });
        const afterItems = bruteForceGradient(problem, swept);
        expect(norm(afterUsers.users) / scale).toBeLessThan(tolerance);
        expect(norm(afterItems.items) / scale).toBeLessThan(tolerance);
        expect(await space.read(x)).toEqual(await space.read(put(space, x0)));
      });

      test('rows without observations are zero after a sweep', async () => {
        const [x, px] = [put(space, x0), space.vector()];
        space.sweep(x, px);
        const swept = await space.read(px);
        const { byUser, byItem } = problem.interactions;
        for (const [csr, factors] of [
          [byUser, swept.users],
          [byItem, swept.items],
        ] as const) {
          for (let r = 0; r < csr.nRows; r++) {
            if (rowLength(csr, r) > 0) continue;
            const row = factors.subarray(r * problem.nFactors, (r + 1) * problem.nFactors);
            expect([...row].every((factor) => factor === 0)).toBe(true);
          }
        }
      });

      test('the gradient is that of the loss, with a sweep and alone', async () => {
        const x = put(space, x0);
        const [px, g, alone, swept] = [space.vector(), space.vector(), space.vector(), space.vector()];
        space.sweepAndGradient(x, px, g);
        space.gradient(x, alone);
        space.sweep(x, swept);
        const expected = bruteForceGradient(problem, x0);
        expect(difference(await space.read(g), expected)).toBeLessThan(tolerance);
        expect(difference(await space.read(alone), expected)).toBeLessThan(tolerance);
        expect(await space.read(px)).toEqual(await space.read(swept));
      });

      test('the quartic of a line search is the loss along the line', async () => {
        const quartic = await space.lineSearch(put(space, x0), put(space, p0));
        const loss = bruteForceLoss(problem, x0);
        expect(Math.abs(quartic.c0 / loss - 1)).toBeLessThan(sumTolerance);
        for (const alpha of [-1.5, -0.3, 0.01, 0.7, 2, 3.5]) {
          const expected = bruteForceLoss(problem, along(x0, alpha, p0));
          const error = quartic.c0 + quarticChange(quartic, alpha) - expected;
          expect(Math.abs(error) / Math.max(expected, loss)).toBeLessThan(sumTolerance);
        }
      });
    });
  }

  describe(`${name}:`, () => {
    const problem = randomProblem(
      { nUsers: 40, nItems: 30, nFactors: 7, objective: { feedback: 'explicit', lambda: 0.1 }, density: 0.4 },
      3,
    );
    const x0 = randomFactors(problem, 4);
    const y0 = randomFactors(problem, 5);

    let space: FactorSpace;
    beforeAll(async () => {
      space = await backend.open(problem);
    });
    afterAll(() => space.close());

    test('a new vector is zero', async () => {
      const { users, items } = await space.read(space.vector());
      expect([...users, ...items].every((factor) => factor === 0)).toBe(true);
    });

    test('combine computes a·x + b·y, also in place', async () => {
      const [x, y, out] = [put(space, x0), put(space, y0), space.vector()];
      space.combine(out, 2, x, -0.5, y);
      space.combine(x, 2, x, -0.5, y);
      const expected = {
        users: x0.users.map((factor, i) => 2 * factor - 0.5 * y0.users[i]!),
        items: x0.items.map((factor, i) => 2 * factor - 0.5 * y0.items[i]!),
      };
      expect(difference(await space.read(out), expected)).toBeLessThan(1e-6);
      expect(await space.read(x)).toEqual(await space.read(out));
    });

    test('dots are inner products over users and items, as many as are asked for', async () => {
      const [x, y] = [put(space, x0), put(space, y0)];
      const [xx, xy] = [inner(x0, x0), inner(x0, y0)];
      const pairs = Array.from({ length: 11 }, (_, i) => (i % 2 === 0 ? [x, x] : [x, y]) as [Vector, Vector]);
      const dots = await space.dots(pairs);
      expect(dots).toHaveLength(11);
      dots.forEach((dot, i) => {
        expect(Math.abs(dot - (i % 2 === 0 ? xx : xy)) / xx).toBeLessThan(sumTolerance);
      });
    });

    test('calls take effect in their order, also those that nobody waits for', async () => {
      const [x, y] = [put(space, x0), space.vector()];
      space.combine(y, 3, x, 0, x);
      space.write(x, y0);
      space.combine(y, 1, y, 1, x);
      const [dots, read] = await Promise.all([space.dots([[x, x]]), space.read(y)]);
      expect(Math.abs(dots[0]! / inner(y0, y0) - 1)).toBeLessThan(sumTolerance);
      const expected = {
        users: x0.users.map((factor, i) => 3 * factor + y0.users[i]!),
        items: x0.items.map((factor, i) => 3 * factor + y0.items[i]!),
      };
      expect(difference(read, expected)).toBeLessThan(1e-6);
    });

    test('what was read is a copy', async () => {
      const x = put(space, x0);
      const before = await space.read(x);
      space.combine(x, 0, x, 0, x);
      await space.dots([[x, x]]);
      expect(difference(before, x0)).toBeLessThan(1e-6);
    });

    test('a vector that was freed, and a sweep onto itself, are refused at once', async () => {
      const [x, px] = [space.vector(), space.vector()];
      space.free(px);
      expect(() => space.sweep(x, px)).toThrow(RangeError);
      expect(() => space.free(px)).toThrow(RangeError);
      expect(() => space.sweep(x, x)).toThrow(RangeError);
    });

    test('factors of another shape are refused', async () => {
      const short = { users: x0.users.subarray(1), items: x0.items };
      expect(() => space.write(space.vector(), short)).toThrow(RangeError);
    });

    test('the same calls give the same bits', async () => {
      const run = async (): Promise<Factors> => {
        const space = await open(problem);
        const [x, px, g] = [put(space, x0), space.vector(), space.vector()];
        space.sweepAndGradient(x, px, g);
        const { c1 } = await space.lineSearch(px, g);
        space.combine(px, 1, px, c1, g);
        return space.read(px);
      };
      expect(await run()).toEqual(await run());
    });

    test('an aborted signal refuses to open, and ends a space with the signal’s reason', async () => {
      const reason = new Error('enough');
      await expect(open(problem, AbortSignal.abort(reason))).rejects.toBe(reason);
      const controller = new AbortController();
      const space = await open(problem, controller.signal);
      const [x, px] = [put(space, x0), space.vector()];
      await space.dots([[x, x]]);
      space.sweep(x, px);
      controller.abort(reason);
      await expect(space.dots([[x, x]])).rejects.toBe(reason);
      await expect(space.read(x)).rejects.toBe(reason);
    });

    test('a closed space answers with an error that says so', async () => {
      const space = await open(problem);
      const x = put(space, x0);
      const answer = space.dots([[x, x]]);
      space.close();
      await answer.catch(() => {});
      await expect(async () => space.dots([[x, x]])).rejects.toThrow();
    });

    test('it agrees with the reference after some iterations', async () => {
      const results = await Promise.all(
        [backend, referenceBackend].map(async (engine) => {
          const space = await engine.open(problem);
          spaces.push(space);
          const [x, px] = [put(space, x0), space.vector()];
          for (let i = 0; i < 5; i++) {
            space.sweep(x, px);
            space.sweep(px, x);
          }
          const { c0 } = await space.lineSearch(x, px);
          return { c0, factors: await space.read(x) };
        }),
      );
      expect(Math.abs(results[0]!.c0 / results[1]!.c0 - 1)).toBeLessThan(1e-4);
      expect(difference(results[0]!.factors, results[1]!.factors)).toBeLessThan(10 * tolerance);
    });
  });
}

function along(x: Factors, alpha: number, p: Factors): Factors {
  const move = (from: Factors['users'], direction: Factors['users']): Float64Array =>
    Float64Array.from(from, (factor, i) => factor + alpha * direction[i]!);
  return { users: move(x.users, p.users), items: move(x.items, p.items) };
}

function norm(v: ArrayLike<number>): number {
  return Math.hypot(...Array.from(v));
}

function size({ users, items }: Factors): number {
  return Math.hypot(norm(users), norm(items));
}

function inner(x: Factors, y: Factors): number {
  const sum = (a: Factors['users'], b: Factors['users']): number =>
    Array.from(a).reduce((total, factor, i) => total + factor * b[i]!, 0);
  return sum(x.users, y.users) + sum(x.items, y.items);
}

/** Relative, in the 2-norm over users and items. */
function difference(actual: Factors, expected: Factors): number {
  const minus = along(actual, -1, expected);
  return size(minus) / size(expected);
}
