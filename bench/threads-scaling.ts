/**
 * What one pass of each kind costs on the threads backend, by number of threads: medians over a few repetitions on
 * ratings shaped like MovieLens 1M. `node bench/threads-scaling.ts [factors] [threads…]`
 */
import { threadsBackend } from '../shared/recommender/backends/threads/threads-backend.ts';
import type { Problem } from '../shared/recommender/compute-backend.ts';
import { defaultParameters } from '../shared/recommender/parameters.ts';
import { startPoint } from '../shared/recommender/random-start.ts';
import { problemOf } from '../shared/recommender/train-model.ts';
import { MOVIELENS_1M, syntheticRatings } from './recommender/synthetic-ratings.ts';

const REPETITIONS = 5;

const [nFactors = 64, ...threads] = process.argv.slice(2).map(Number);
const dataset = syntheticRatings(MOVIELENS_1M);
for (const feedback of ['explicit', 'implicit'] as const) {
  const problem = problemOf(dataset, { ...defaultParameters(feedback), nFactors });
  const rows = [];
  for (const nThreads of threads.length > 0 ? threads : [1, 2])
    rows.push({ threads: nThreads, ...(await measure(problem, nThreads)) });
  console.log(
    `${feedback}, ${nFactors} factors, ${problem.interactions.byUser.cols.length} ratings; median ms of ${REPETITIONS}`,
  );
  console.table(rows);
}

async function measure(problem: Problem, nThreads: number): Promise<Record<string, number>> {
  const space = await threadsBackend({ nThreads }).open(problem);
  try {
    const x = startPoint(space, problem, 1);
    const [px, g] = [space.vector(), space.vector()];
    const passes: Record<string, () => unknown> = {
      sweep: () => space.sweep(x, px),
      'sweep and gradient': () => space.sweepAndGradient(x, px, g),
      gradient: () => space.gradient(x, g),
      'line search': () => space.lineSearch(x, g),
      combine: () => space.combine(px, 1, x, -1, px),
      dots: () =>
        space.dots([
          [g, g],
          [g, px],
          [x, g],
        ]),
    };
    const medians: Record<string, number> = {};
    const finished = (): Promise<unknown> => space.dots([[x, x]]);
    for (const [name, pass] of Object.entries(passes)) medians[name] = await medianMs(pass, finished);
    return medians;
  } finally {
    space.close();
  }
}

async function medianMs(pass: () => unknown, finished: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  // The first run is for the compiler.
  for (let i = 0; i <= REPETITIONS; i++) {
    const startedAt = performance.now();
    await pass();
    await finished();
    if (i > 0) times.push(performance.now() - startedAt);
  }
  return Math.round(10 * times.sort((a, b) => a - b)[Math.floor(REPETITIONS / 2)]!) / 10;
}
