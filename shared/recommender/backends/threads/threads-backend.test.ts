import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { randomFactors, randomProblem } from '../../testing/test-problems.ts';
import type { FactorSpace, Problem } from '../../training/compute-backend.ts';
import { threadsBackend } from './threads-backend.ts';

const implicit = randomProblem(
  {
    nUsers: 300,
    nItems: 200,
    nFactors: 12,
    objective: { feedback: 'implicit', lambda: 0.05, alpha0: 0.1, nu: 1 },
    density: 0.1,
  },
  1,
);
const explicit = randomProblem(
  { nUsers: 300, nItems: 200, nFactors: 12, objective: { feedback: 'explicit', lambda: 0.1 }, density: 0.1 },
  1,
);

/** Half a second of work for a sweep or two. */
const large = randomProblem(
  { nUsers: 1200, nItems: 500, nFactors: 64, objective: { feedback: 'explicit', lambda: 0.1 }, density: 0.08 },
  1,
);

/** Some of everything that a space can do, and every number that comes out of it. */
async function everything(space: FactorSpace, problem: Problem): Promise<unknown> {
  const [x, px, g] = [space.vector(), space.vector(), space.vector()];
  space.write(x, randomFactors(problem, 3));
  space.sweepAndGradient(x, px, g);
  space.combine(px, 1, x, -1, px);
  const quartic = await space.lineSearch(x, px);
  const dots = await space.dots([
    [g, g],
    [g, px],
  ]);
  return { quartic, dots, factors: await space.read(px), gradient: await space.read(g) };
}

describe('the threads backend', () => {
  test.for([
    ['explicit', 'cholesky', explicit],
    ['implicit', 'cholesky', implicit],
    ['explicit', 'cg', explicit],
    ['implicit', 'cg', implicit],
  ] as const)(
    'gives the same bits for any number of threads, and without workers, on %s feedback, by %s',
    async ([, solver, problem]) => {
      const results = [];
      for (const options of [{ nThreads: 1 }, { nThreads: 2 }, { nThreads: 5 }, { useWorkers: false }]) {
        const space = await threadsBackend(options).open(problem, { solver });
        results.push(await everything(space, problem).finally(() => space.close()));
      }
      for (const result of results) expect(result).toEqual(results[0]);
    },
  );

  test('says what computes', async () => {
    const engines = [];
    for (const options of [{ nThreads: 2 }, { useWorkers: false }]) {
      const space = await threadsBackend(options).open(explicit);
      engines.push(space.engine);
      space.close();
    }
    expect(engines).toEqual(['threads (2)', 'threads (1, in the same thread as everything else)']);
  });

  test('lets an error inside a thread surface with its name and message, for good', async () => {
    for (const options of [{ nThreads: 2 }, { useWorkers: false }]) {
      const space = await threadsBackend(options).open(explicit);
      const [x, px] = [space.vector(), space.vector()];
      const broken = randomFactors(explicit, 1);
      broken.items.fill(Number.NaN);
      space.write(x, broken);
      space.sweep(x, px);
      const expected = { name: 'RangeError', message: expect.stringContaining('grown beyond all numbers') };
      await expect(space.dots([[x, x]])).rejects.toMatchObject(expected);
      await expect(space.read(x)).rejects.toMatchObject(expected);
      space.close();
    }
  });

  test('tells the progress of a long sweep, up to the end', async () => {
    const shares: number[] = [];
    const space = await threadsBackend({ useWorkers: false }).open(large, { onBlock: (done) => shares.push(done) });
    const [x, px] = [space.vector(), space.vector()];
    space.write(x, randomFactors(large, 1));
    for (let i = 0; i < 6; i++) space.sweep(x, px);
    await space.read(px);
    space.close();
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  test('leaves the thread to others while it computes in it', async () => {
    const space = await threadsBackend({ useWorkers: false }).open(large);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const [x, px] = [space.vector(), space.vector()];
    space.write(x, randomFactors(large, 1));
    space.sweep(x, px);
    await space.read(px);
    clearInterval(timer);
    space.close();
    expect(turns).toBeGreaterThan(0);
  });

  test('refuses to hold more memory than it may', async () => {
    const space = await threadsBackend({ nThreads: 1 }).open(explicit, { memoryBytes: 200_000 });
    expect(() => {
      for (let i = 0; i < 10; i++) space.vector();
    }).toThrow(/more than the 200000 it may/);
    space.close();
  });

  test('refuses a number of threads that makes no sense', () => {
    for (const nThreads of [0, -1, 1.5, Number.NaN]) expect(() => threadsBackend({ nThreads })).toThrow(RangeError);
  });

  test('ends its threads when it is closed, also in the middle of a sweep: the process can end', async () => {
    const script = `
      import { threadsBackend } from ${JSON.stringify(new URL('./threads-backend.ts', import.meta.url).href)};
      import { randomProblem } from ${JSON.stringify(new URL('../../testing/test-problems.ts', import.meta.url).href)};
      const problem = randomProblem({ nUsers: 90, nItems: 90, nFactors: 8, objective: { feedback: 'explicit', lambda: 1 }, density: 0.5 }, 1);
      const space = await threadsBackend({ nThreads: 2 }).open(problem);
      const [x, px] = [space.vector(), space.vector()];
      for (let i = 0; i < 2000; i++) space.sweep(x, px);
      const answer = space.read(px).catch((error) => console.log(error.message));
      setTimeout(() => space.close(), 20);
      await answer;
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 15_000,
    });
    expect(stdout.trim()).toBe('this factor space is closed');
  });
});
