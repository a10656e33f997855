/**
 * What ALS and ALS-NCG cost on a GPU under Dawn, on ratings shaped like MovieLens 20M: seconds per exact sweep and per
 * ALS-NCG iteration, the GPU's own time by stage (timestamp queries), each stage's arithmetic and memory traffic, and how
 * near it comes to the roofline. Prints tables and writes JSON.
 *
 * `npm ci && npx node bench/gpu.ts [--factors 64,128] [--feedback explicit|implicit] [--baseline] [--out file.json]`
 *
 * Dawn finds the GPU through Vulkan: the driver's Vulkan library and the loader (Debian: `libvulkan1`) must be there.
 *
 * The roofline is measured by two small kernels, a copy and multiplications; `--peak-tflops` and `--peak-gbps` take it
 * from a data sheet instead (H200: 67 and 4800). `--baseline` leaves out features and limits beyond WebGPU's defaults.
 * On a software GPU nothing of interest is measured: `--software` runs a small set on it all the same, to see that it works.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { softwareGpuEnvironment } from '../server/testing/software-gpu.ts';
import { BASELINE } from '../shared/recommender/backends/webgpu/gpu-capabilities.ts';
import { GpuConnection } from '../shared/recommender/backends/webgpu/gpu-connection.ts';
import { WebGpuSpace } from '../shared/recommender/backends/webgpu/webgpu-space.ts';
import type { FactorSpace, Problem, Vector } from '../shared/recommender/training/compute-backend.ts';
import { defaultParameters } from '../shared/recommender/training/parameters.ts';
import { startPoint } from '../shared/recommender/training/random-start.ts';
import { problemOf } from '../shared/recommender/training/train-model.ts';
import { measurePeaks } from './gpu/peaks.ts';
import { type Peaks, rooflineMs, stageCosts } from './gpu/stage-costs.ts';
import { median, timeStages } from './gpu/time-stages.ts';
import { describeMachine } from './recommender/machine.ts';
import { MOVIELENS_20M, syntheticRatings } from './recommender/synthetic-ratings.ts';
import { type Row, renderTable } from './recommender/table.ts';

const REPETITIONS = 5;
/** For software: seconds rather than hours. */
const SMALL = { shape: { nUsers: 200, nItems: 100, nnz: 4000 }, factors: [8] };
const SMALL_PEAKS = { copyBytes: 2 ** 20, nGroups: 16, nRounds: 64 };
const PEAKS = { copyBytes: 2 ** 27, nGroups: 16_384, nRounds: 1024 };

const { values: options } = parseArgs({
  options: {
    factors: { type: 'string' },
    feedback: { type: 'string', default: 'explicit' },
    'peak-tflops': { type: 'string' },
    'peak-gbps': { type: 'string' },
    baseline: { type: 'boolean', default: false },
    software: { type: 'boolean', default: false },
    out: { type: 'string', default: fileURLToPath(new URL('../.cache/bench/gpu.json', import.meta.url)) },
  },
});

interface Result {
  feedback: string;
  nUsers: number;
  nItems: number;
  nnz: number;
  nFactors: number;
  /** Under which the times were taken, so that nobody compares a fast way to a wrong point. */
  lossAtStart: number;
  lossAfterSweep: number;
  sweepMs: number;
  iterationMs: number;
  stages: Row[];
}

// Vulkan's loader reads its environment when a process starts.
if (options.software && process.env['VK_ICD_FILENAMES'] === undefined) {
  const env = { ...process.env, ...softwareGpuEnvironment(process.env['CHROMIUM_PATH']) };
  const { status } = spawnSync(process.execPath, process.argv.slice(1), {
    stdio: 'inherit',
    env: { VK_ICD_FILENAMES: '', ...env },
  });
  process.exitCode = status ?? 1;
} else {
  await main();
}

async function main(): Promise<void> {
  const gpu = await GpuConnection.open({ timestamps: true, restrictTo: options.baseline ? BASELINE : {} });
  const { adapterName, isSoftware, capabilities } = gpu;
  console.log(`adapter: ${adapterName}${isSoftware ? ', a processor that poses as a GPU' : ''}`);
  console.log(`sums by ${capabilities.workgroupSum}, ${capabilities.sharedBytes} bytes of shared memory`);
  if (isSoftware && !options.software) {
    console.error(
      'There is no GPU here, only software: nothing was measured. --software runs a small set all the same.',
    );
    process.exitCode = 1;
    gpu.close();
    return;
  }
  const peaks = await peaksOf(gpu);
  const dataset = syntheticRatings(isSoftware ? SMALL.shape : MOVIELENS_20M);
  const feedback = options.feedback === 'implicit' ? 'implicit' : 'explicit';
  const factors = options.factors?.split(',').map(Number) ?? (isSoftware ? SMALL.factors : [64, 128]);
  const results: Result[] = [];
  for (const nFactors of factors) {
    results.push(await measure(gpu, problemOf(dataset, { ...defaultParameters(feedback), nFactors }), peaks));
  }
  gpu.close();
  const report = {
    startedAt: new Date().toISOString(),
    machine: await describeMachine(),
    ...{ adapter: adapterName, isSoftware, capabilities, peaks, repetitions: REPETITIONS, results },
  };
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, JSON.stringify(report, null, 2));
  console.log(`\nwritten to ${options.out}`);
}

async function peaksOf(gpu: GpuConnection): Promise<Peaks> {
  const measured = await measurePeaks(gpu, gpu.isSoftware ? SMALL_PEAKS : PEAKS, REPETITIONS);
  const given = { tflops: options['peak-tflops'], gbPerSecond: options['peak-gbps'] };
  const peaks = {
    tflops: given.tflops === undefined ? measured.tflops : Number(given.tflops),
    gbPerSecond: given.gbPerSecond === undefined ? measured.gbPerSecond : Number(given.gbPerSecond),
  };
  console.log(`measured: ${shown(measured.tflops)} TFLOP/s, ${shown(measured.gbPerSecond)} GB/s of copying`);
  console.log(`roofline: ${shown(peaks.tflops)} TFLOP/s, ${shown(peaks.gbPerSecond)} GB/s`);
  return peaks;
}

async function measure(gpu: GpuConnection, problem: Problem, peaks: Peaks): Promise<Result> {
  const { nFactors, objective } = problem;
  const { byUser, byItem } = problem.interactions;
  const nnz = byUser.cols.length;
  console.log(`\n${objective.feedback}, ${byUser.nRows} × ${byItem.nRows}, ${nnz} ratings, ${nFactors} factors`);
  const space = await WebGpuSpace.open(gpu, problem, {});
  const x = startPoint(space, problem, 1);
  const [px, g, p] = [space.vector(), space.vector(), space.vector()];
  const { c0: lossAtStart } = await space.lineSearch(x, x);
  const sweepMs = await medianMs(space, x, () => space.sweep(x, px));
  const { c0: lossAfterSweep } = await space.lineSearch(px, px);
  const iterationMs = await medianMs(space, x, () => iterationOf(space, x, px, g, p));
  const factors = await space.read(x);
  space.close();
  console.log(
    `loss ${lossAtStart.toPrecision(8)} at the start, ${lossAfterSweep.toPrecision(8)} after a sweep; medians of ${REPETITIONS}`,
  );
  console.log(`exact sweep ${shown(sweepMs)} ms, ALS-NCG iteration ${shown(iterationMs)} ms, by the host's clock`);

  const costs = stageCosts(problem);
  const stages = Array.from(await timeStages(gpu, problem, factors, REPETITIONS), ([stage, ms]): Row => {
    const cost = costs.get(stage)!;
    return {
      stage,
      ms,
      gflop: cost.flop / 1e9,
      gb: cost.bytes / 1e9,
      tflops: cost.flop / ms / 1e9,
      gbPerSecond: cost.bytes / ms / 1e6,
      rooflinePercent: (100 * rooflineMs(cost, peaks)) / ms,
    };
  });
  const columns = [
    { key: 'stage', label: 'stage' },
    { key: 'ms', label: 'GPU ms' },
    { key: 'gflop', label: 'GFLOP' },
    { key: 'gb', label: 'GB' },
    { key: 'tflops', label: 'TFLOP/s' },
    { key: 'gbPerSecond', label: 'GB/s' },
    { key: 'rooflinePercent', label: '% of roofline' },
  ];
  console.log(
    renderTable({ title: 'stages, by timestamp queries; bytes as kernels ask for them', rows: stages, columns }),
  );
  return {
    ...{ feedback: objective.feedback, nUsers: byUser.nRows, nItems: byItem.nRows, nnz, nFactors },
    ...{ lossAtStart, lossAfterSweep, sweepMs, iterationMs, stages },
  };
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
  return median(times);
}

function shown(value: number): string {
  return value.toPrecision(3);
}
