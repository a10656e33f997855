import { threadsBackend } from '../../../shared/recommender/backends/threads/threads-backend.ts';
import type { ComputeBackend, FactorSpace, Vector } from '../../../shared/recommender/training/compute-backend.ts';
import { descend } from '../../../shared/recommender/training/descend.ts';
import { randomStart } from '../../../shared/recommender/training/random-start.ts';
import { readDataset } from '../dataset-folder.ts';
import { readFactors, writeFactors } from '../factor-files.ts';
import type { DescendCall, DescentPoint, MagpieCalls, OpenCall } from './calls.ts';
import { problemFor } from './problem-spec.ts';

type SpaceCall = 'adapter' | 'open' | 'load' | 'save' | 'sweep' | 'loss' | 'passes' | 'descend' | 'nextPoint';
type SpaceCalls = {
  [Name in SpaceCall]: (call: Parameters<MagpieCalls[Name]>[0]) => Promise<ReturnType<MagpieCalls[Name]>>;
};

/** Calls on one factorization: sweeps, passes, descents. */
export function spaceCalls(backendName: 'threads' | 'webgpu'): { calls: SpaceCalls; close(): void } {
  let opened: { space: FactorSpace; x: Vector; spare: Vector; g: Vector } | null = null;
  let descent: AsyncGenerator<DescentPoint, void, void> | null = null;
  const at = (): NonNullable<typeof opened> => {
    if (opened === null) throw new Error('nothing is open');
    return opened;
  };
  const close = (): void => {
    opened?.space.close();
    opened = null;
  };

  const calls: SpaceCalls = {
    async adapter() {
      const { adapterName, isSoftware, close } = await (await webGpu()).openWebGpu();
      close();
      return { name: adapterName, isSoftware };
    },
    async open({ data, nFactors, nThreads, loss, solver, seed }: OpenCall) {
      close();
      const problem = problemFor(readDataset(data), loss, nFactors);
      const { byUser, byItem } = problem.interactions;
      const space = await (await backendOf(backendName, nThreads)).open(problem, { solver });
      const [x, spare, g] = [space.vector(), space.vector(), space.vector()];
      space.write(x, randomStart(byUser.nRows, byItem.nRows, nFactors, seed));
      opened = { space, x, spare, g };
      return { engine: space.engine };
    },
    async load({ factors }) {
      at().space.write(at().x, readFactors(factors));
      return {};
    },
    async save({ factors }) {
      writeFactors(factors, await at().space.read(at().x));
      return {};
    },
    async sweep() {
      const { space, x, spare, g } = at();
      const seconds = await secondsOf(space, x, () => space.sweep(x, spare));
      opened = { space, x: spare, spare: x, g };
      return { seconds };
    },
    async loss() {
      const { c0 } = await at().space.lineSearch(at().x, at().x);
      return { loss: c0 };
    },
    async passes() {
      const { space, x, spare, g } = at();
      return {
        sweepAndGradient: await secondsOf(space, x, () => space.sweepAndGradient(x, spare, g)),
        gradient: await secondsOf(space, x, () => space.gradient(x, g)),
        lineSearch: await secondsOf(space, x, () => space.lineSearch(x, g)),
      };
    },
    async descend(call) {
      const { space, x, spare, g } = at();
      descent = call.algorithm === 'als' ? alternate(space, x, spare, g, call) : descendFrom(space, x, call);
      return {};
    },
    async nextPoint() {
      if (descent === null) throw new Error('no descent has begun');
      const { value } = await descent.next();
      return { point: value ?? null };
    },
  };
  return { calls, close };
}

async function backendOf(name: 'threads' | 'webgpu', nThreads: number): Promise<ComputeBackend> {
  if (name === 'threads') return threadsBackend({ nThreads });
  return (await (await webGpu()).openWebGpu()).backend;
}

/** Loaded only by the engines that use it, as in the product. */
function webGpu(): Promise<typeof import('../../../shared/recommender/backends/webgpu/webgpu-backend.ts')> {
  return import('../../../shared/recommender/backends/webgpu/webgpu-backend.ts');
}

/** What is enqueued is done when a later sum comes back. */
async function secondsOf(space: FactorSpace, v: Vector, work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  await space.dots([[v, v]]);
  return (performance.now() - startedAt) / 1000;
}

/** Plain ALS, x ← P(x); loss and gradient are taken with the clock stopped. */
async function* alternate(
  space: FactorSpace,
  start: Vector,
  unused: Vector,
  g: Vector,
  { iterations, tolerance, snapshots }: DescendCall,
): AsyncGenerator<DescentPoint, void, void> {
  let [x, spare, seconds, norm0] = [start, unused, 0, 0];
  for (let iteration = 0; ; iteration++) {
    space.gradient(x, g);
    const [gDotG = 0] = await space.dots([[g, g]]);
    const { c0 } = await space.lineSearch(x, x);
    const gradientNorm = Math.sqrt(gDotG);
    if (iteration === 0) norm0 = gradientNorm;
    if (snapshots !== null) writeFactors(`${snapshots}/${iteration}`, await space.read(x));
    yield { iteration, seconds, loss: c0, gradientNorm };
    if (iteration === iterations || gradientNorm <= tolerance * norm0) return;
    seconds += await secondsOf(space, x, () => space.sweep(x, spare));
    [x, spare] = [spare, x];
  }
}

/** ALS-NCG as it trains: a point counts when its loss and gradient are known, which is one sweep after it was reached. */
async function* descendFrom(
  space: FactorSpace,
  x: Vector,
  { algorithm, iterations, tolerance, snapshots }: DescendCall,
): AsyncGenerator<DescentPoint, void, void> {
  const descent = descend(space, x, { algorithm, iterations, tolerance, firstIteration: 0, initialGradientNorm: null });
  let seconds = 0;
  for (;;) {
    const startedAt = performance.now();
    const next = await descent.next();
    seconds += (performance.now() - startedAt) / 1000;
    if (next.done) return;
    const { iteration, loss, gradientNorm } = next.value;
    if (snapshots !== null) writeFactors(`${snapshots}/${iteration}`, await space.read(x));
    yield { iteration, seconds, loss, gradientNorm };
  }
}
