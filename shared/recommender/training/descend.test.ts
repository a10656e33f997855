import { afterEach, describe, expect, test } from 'vitest';
import { referenceBackend } from '../backends/reference/reference-backend.ts';
import { bruteForceGradient, bruteForceLoss } from '../testing/brute-force.ts';
import { randomFactors, randomProblem } from '../testing/test-problems.ts';
import type { FactorSpace, Factors, Problem, Vector } from './compute-backend.ts';
import { type DescentOptions, type DescentState, descend } from './descend.ts';
import { startPoint } from './random-start.ts';

const EXPLICIT = randomProblem(
  { nUsers: 60, nItems: 50, nFactors: 5, objective: { feedback: 'explicit', lambda: 0.02 }, density: 0.3 },
  1,
);
const IMPLICIT = randomProblem(
  {
    nUsers: 60,
    nItems: 50,
    nFactors: 5,
    objective: { feedback: 'implicit', lambda: 0.01, alpha0: 0.1, nu: 1 },
    density: 0.2,
  },
  2,
);

interface Run {
  states: DescentState[];
  points: Factors[];
  stopped: string;
}

let space: FactorSpace;
afterEach(() => space.close());

async function run(problem: Problem, options: Partial<DescentOptions>, start?: Factors): Promise<Run> {
  space = await referenceBackend.open(problem);
  let x: Vector;
  if (start) {
    x = space.vector();
    space.write(x, start);
  } else x = startPoint(space, problem, 1);
  const descent = descend(space, x, {
    algorithm: 'als-ncg',
    iterations: 30,
    tolerance: 0,
    firstIteration: 0,
    initialGradientNorm: null,
    ...options,
  });
  const [states, points]: [DescentState[], Factors[]] = [[], []];
  for (;;) {
    const next = await descent.next();
    if (next.done) return { states, points, stopped: next.value };
    states.push(next.value);
    points.push(await space.read(x));
  }
}

describe.for([
  ['explicit', EXPLICIT],
  ['implicit', IMPLICIT],
] as const)('descending on %s feedback', ([, problem]) => {
  test('reports loss and gradient norm of the very points that it passes', async () => {
    const { states, points } = await run(problem, { iterations: 6 });
    expect(states.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    states.forEach(({ loss, gradientNorm }, i) => {
      const gradient = bruteForceGradient(problem, points[i]!);
      expect(loss / bruteForceLoss(problem, points[i]!)).toBeCloseTo(1, 10);
      expect(gradientNorm / Math.hypot(...gradient.users, ...gradient.items)).toBeCloseTo(1, 8);
    });
  });

  test('never goes up', async () => {
    for (const algorithm of ['als', 'als-ncg'] as const) {
      const { states } = await run(problem, { algorithm, iterations: 40 });
      for (let i = 1; i < states.length; i++) {
        expect(states[i]!.loss).toBeLessThanOrEqual(states[i - 1]!.loss * (1 + 1e-12));
      }
    }
  });

  test('takes the step that no other step along its line beats', async () => {
    const { states, points } = await run(problem, { iterations: 5 });
    for (let i = 1; i < points.length; i++) {
      const { alpha } = states[i]!;
      const [from, to] = [points[i - 1]!, points[i]!];
      for (const other of [0.5, 0.9, 0.99, 1.01, 1.1, 2]) {
        expect(bruteForceLoss(problem, between(from, to, other))).toBeGreaterThan(states[i]!.loss);
      }
      expect(alpha).toBeGreaterThan(0);
    }
  });

  test('conjugates by Polak and Ribière: β = g·(ḡ − ḡ₋) / (g₋·ḡ₋) with ḡ = x − P(x)', async () => {
    const { states, points } = await run(problem, { iterations: 4 });
    for (const i of [2, 3, 4]) {
      const at = points[i - 1]!;
      const before = points[i - 2]!;
      const g = bruteForceGradient(problem, at);
      const gBefore = bruteForceGradient(problem, before);
      const [gBar, gBarBefore] = [await preconditioned(problem, at), await preconditioned(problem, before)];
      const beta = (inner(g, gBar) - inner(g, gBarBefore)) / inner(gBefore, gBarBefore);
      expect(states[i]!.beta).toBeCloseTo(Math.max(0, beta), 6);
    }
  });

  test('by ALS alone is repeated sweeping', async () => {
    const { points } = await run(problem, { algorithm: 'als', iterations: 3 });
    const swept = space.vector();
    const x = space.vector();
    space.write(x, points[0]!);
    space.sweep(x, swept);
    space.sweep(swept, x);
    space.sweep(x, swept);
    const expected = await space.read(swept);
    points[3]!.users.forEach((factor, i) => {
      expect(factor).toBeCloseTo(expected.users[i]!, 9);
    });
  });

  test('gets to an accurate solution in fewer iterations than ALS', async () => {
    const options = { iterations: 500, tolerance: 1e-4 };
    const ncg = await run(problem, options);
    space.close();
    const als = await run(problem, { ...options, algorithm: 'als' });
    expect([ncg.stopped, als.stopped]).toEqual(['tolerance', 'tolerance']);
    expect(ncg.states.length).toBeLessThan(0.7 * als.states.length);
    expect(ncg.states.at(-1)!.loss / als.states.at(-1)!.loss).toBeLessThan(1.02);
  });

  test('stops at the tolerance, relative to where the run began', async () => {
    const { states, stopped } = await run(problem, { tolerance: 0.05, iterations: 300 });
    const norms = states.map(({ gradientNorm }) => gradientNorm);
    expect(stopped).toBe('tolerance');
    expect(norms.at(-1)!).toBeLessThanOrEqual(0.05 * norms[0]!);
    expect(norms.at(-2)!).toBeGreaterThan(0.05 * norms[0]!);
  });

  test('goes on from a checkpoint with its count and its ‖g₀‖', async () => {
    const whole = await run(problem, { iterations: 8 });
    space.close();
    const norm0 = whole.states[0]!.gradientNorm;
    const resumed = await run(
      problem,
      { iterations: 8, firstIteration: 4, initialGradientNorm: norm0 },
      whole.points[4],
    );
    expect(resumed.states.map(({ iteration }) => iteration)).toEqual([4, 5, 6, 7, 8]);
    expect(resumed.states[0]).toMatchObject({ alpha: null, beta: null, initialGradientNorm: norm0 });
    expect(resumed.states[0]!.loss).toBeCloseTo(whole.states[4]!.loss, 8);
    expect(resumed.states.at(-1)!.loss / whole.states.at(-1)!.loss).toBeCloseTo(1, 1);
  });

  test('gives conjugation up every twentieth iteration', async () => {
    const { states } = await run(problem, { iterations: 41 });
    expect(states[21]!.beta).toBe(0);
    expect(states[41]!.beta).toBe(0);
  });
});

test('a sweep that points uphill, as an inexact one may, is turned round', async () => {
  const options = {
    algorithm: 'als-ncg',
    iterations: 12,
    tolerance: 0,
    firstIteration: 0,
    initialGradientNorm: null,
  } as const;
  const losses: number[][] = [];
  for (const open of [(exact: FactorSpace) => exact, uphill]) {
    const exact = await referenceBackend.open(EXPLICIT);
    const x = startPoint(exact, EXPLICIT, 1);
    const own: number[] = [];
    for await (const { loss } of descend(open(exact), x, options)) own.push(loss);
    losses.push(own);
    space = exact;
  }
  expect(losses[1]).toHaveLength(13);
  losses[1]!.forEach((loss, i) => {
    expect(loss / losses[0]![i]!).toBeCloseTo(1, 8);
  });
});

test('a minimum is recognised: there is no descent left', async () => {
  const zero = { users: new Float64Array(300), items: new Float64Array(250) };
  const { stopped, states } = await run(EXPLICIT, {}, zero);
  expect(stopped).toBe('no descent');
  expect(states).toHaveLength(1);
});

test('a loss that is no longer a number is an error that says what to do', async () => {
  const huge = randomFactors(EXPLICIT, 1);
  await expect(
    run(EXPLICIT, {}, { users: huge.users.fill(1e30), items: Float64Array.from(huge.items, () => 1e130) }),
  ).rejects.toThrow(/diverged.*lambda/s);
});

/** A space whose sweeps go wrong by twice as much as they should gain: x − P(x) has the opposite sign. */
function uphill(exact: FactorSpace): FactorSpace {
  return {
    engine: exact.engine,
    vector: () => exact.vector(),
    free: (v) => exact.free(v),
    sweep: (x, px) => exact.sweep(x, px),
    sweepAndGradient(x, px, g) {
      exact.sweepAndGradient(x, px, g);
      exact.combine(px, 2, x, -1, px);
    },
    gradient: (x, g) => exact.gradient(x, g),
    combine: (out, a, x, b, y) => exact.combine(out, a, x, b, y),
    lineSearch: (x, p) => exact.lineSearch(x, p),
    dots: (pairs) => exact.dots(pairs),
    read: (v) => exact.read(v),
    write: (v, factors) => exact.write(v, factors),
    close: () => exact.close(),
  };
}

async function preconditioned(problem: Problem, at: Factors): Promise<Factors> {
  const own = await referenceBackend.open(problem);
  const [x, px] = [own.vector(), own.vector()];
  own.write(x, at);
  own.sweep(x, px);
  own.combine(px, 1, x, -1, px);
  return own.read(px).finally(() => own.close());
}

function between(from: Factors, to: Factors, share: number): Factors {
  const move = (a: Factors['users'], b: Factors['users']): Float64Array =>
    Float64Array.from(a, (factor, i) => factor + share * (b[i]! - factor));
  return { users: move(from.users, to.users), items: move(from.items, to.items) };
}

function inner(x: Factors, y: Factors): number {
  const sum = (a: Factors['users'], b: Factors['users']): number =>
    Array.from(a).reduce((total, factor, i) => total + factor * b[i]!, 0);
  return sum(x.users, y.users) + sum(x.items, y.items);
}
