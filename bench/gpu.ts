/**
 * What ALS and ALS-NCG cost on a GPU under Dawn, on ratings shaped like MovieLens 20M: seconds per exact sweep and per
 * ALS-NCG iteration, the GPU's own time by stage, and the share of its arithmetic peak that a sweep reaches.
 *
 * `node bench/gpu.ts [--factors 64,128] [--feedback explicit|implicit] [--peak-tflops 67] [--software]`
 *
 * `--peak-tflops` is the GPU's single-precision peak, from its data sheet (H200: 67). On a software GPU it measures
 * nothing of interest, and needs `--software` to run at all: on a small set, to see that it works.
 */
import { parseArgs } from 'node:util';
import { GpuConnection } from '../shared/recommender/backends/webgpu/gpu-connection.ts';
import { WebGpuSpace } from '../shared/recommender/backends/webgpu/webgpu-space.ts';
import type { FactorSpace, Problem, Vector } from '../shared/recommender/compute-backend.ts';
import { defaultParameters } from '../shared/recommender/parameters.ts';
import { startPoint } from '../shared/recommender/random-start.ts';
import { problemOf } from '../shared/recommender/train-model.ts';
import { timeStages } from './gpu/time-stages.ts';
import { MOVIELENS_20M, syntheticRatings } from './recommender/synthetic-ratings.ts';

const REPETITIONS = 5;
const SMALL = { nUsers: 200, nItems: 100, nnz: 4000 };

const { values: options } = parseArgs({
  options: {
    factors: { type: 'string' },
    feedback: { type: 'string', default: 'explicit' },
    'peak-tflops': { type: 'string' },
    software: { type: 'boolean', default: false },
  },
});

const gpu = await GpuConnection.open({ timestamps: true });
console.log(`adapter: ${gpu.adapterName}${gpu.isSoftware ? ', a processor that poses as a GPU' : ''}`);
if (gpu.isSoftware && !options.software) {
  console.error('There is no GPU here, only software: nothing was measured. --software runs a small set all the same.');
  process.exitCode = 1;
} else {
  const dataset = syntheticRatings(gpu.isSoftware ? SMALL : MOVIELENS_20M);
  const feedback = options.feedback === 'implicit' ? 'implicit' : 'explicit';
  for (const nFactors of (options.factors ?? (gpu.isSoftware ? '8' : '64,128')).split(',').map(Number)) {
    await measure(problemOf(dataset, { ...defaultParameters(feedback), nFactors }));
  }
}
gpu.close();

async function measure(problem: Problem): Promise<void> {
  const { byUser, byItem } = problem.interactions;
  const nnz = byUser.cols.length;
  console.log(
    `\n${problem.objective.feedback}, ${byUser.nRows} × ${byItem.nRows}, ${nnz} ratings, ${problem.nFactors} factors`,
  );
  const space = await WebGpuSpace.open(gpu, problem, {});
  const x = startPoint(space, problem, 1);
  const [px, g, p] = [space.vector(), space.vector(), space.vector()];
  const { c0 } = await space.lineSearch(x, x);
  const sweepMs = await medianMs(space, x, () => space.sweep(x, px));
  const iterationMs = await medianMs(space, x, () => iterationOf(space, x, px, g, p));
  const factors = await space.read(x);
  space.close();

  console.log(`loss at the start ${c0.toPrecision(8)}; median of ${REPETITIONS}`);
  console.table({
    'exact sweep': { ms: round(sweepMs), 'ratings/s': Math.round((2 * nnz) / (sweepMs / 1000)) },
    'ALS-NCG iteration': { ms: round(iterationMs), 'ratings/s': Math.round((2 * nnz) / (iterationMs / 1000)) },
  });
  const flop = sweepFlop(problem);
  const tflops = flop / (sweepMs / 1000) / 1e12;
  const peak = options['peak-tflops'] === undefined ? null : Number(options['peak-tflops']);
  const share = peak === null ? '' : `, ${round((100 * tflops) / peak)} % of ${peak}`;
  console.log(
    `a sweep is ${round(flop / 1e9)} GFLOP (symmetric Gram, Cholesky): ${tflops.toPrecision(3)} TFLOP/s${share}`,
  );
  const stages = await timeStages(gpu, problem, factors);
  console.table(Object.fromEntries(Array.from(stages, ([stage, ms]) => [stage, { 'GPU ms': round(ms) }])));
}

/** What an iteration of descend.ts asks of a space; x moves by nothing, so that all repetitions do the same work. */
async function iterationOf(space: FactorSpace, x: Vector, gBar: Vector, g: Vector, p: Vector): Promise<void> {
  space.sweepAndGradient(x, gBar, g);
  space.combine(gBar, 1, x, -1, gBar);
  await space.dots([
    [g, g],
    [g, gBar],
    [g, p],
  ]);
  space.combine(p, -1, gBar, 0.1, p);
  await space.lineSearch(x, p);
  space.combine(x, 1, x, 0, p);
}

async function medianMs(space: FactorSpace, x: Vector, work: () => unknown): Promise<number> {
  const times: number[] = [];
  // The first run is for the caches.
  for (let i = 0; i <= REPETITIONS; i++) {
    const startedAt = performance.now();
    await work();
    await space.dots([[x, x]]);
    if (i > 0) times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[Math.floor(REPETITIONS / 2)]!;
}

/** Both halves: k(k + 1)/2 products and sums per rating, k³/3 per row. */
function sweepFlop({ interactions: { byUser, byItem }, nFactors: k }: Problem): number {
  return 2 * byUser.cols.length * k * (k + 1) + ((byUser.nRows + byItem.nRows) * k ** 3) / 3;
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
