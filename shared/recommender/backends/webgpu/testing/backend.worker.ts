/** The WebGPU backend in a worker, called by backend-in-worker.web.ts. */
import { expose } from 'comlink';
import { endpoint } from '#worker-thread';
import type { FactorSpace, Factors, Problem, Vector } from '../../../training/compute-backend.ts';
import type { QuarticCoefficients } from '../../../training/quartic.ts';
import { openWebGpu, type WebGpu } from '../webgpu-backend.ts';

/** Not awaited here: a worker that is waiting when its first message comes would miss it. */
const opening = openWebGpu();
const spaces = new Map<number, FactorSpace>();

/** Calls of one space name its vectors by the ids that its handles have there. */
const service = {
  async environment(): Promise<Pick<WebGpu, 'adapterName' | 'isSoftware' | 'capabilities'> & { isWorker: boolean }> {
    const { adapterName, isSoftware, capabilities } = await opening;
    return { adapterName, isSoftware, capabilities, isWorker: 'WorkerGlobalScope' in globalThis };
  },
  async open(space: number, problem: Problem): Promise<string> {
    const { backend } = await opening;
    const opened = await backend.open(problem);
    spaces.set(space, opened);
    return opened.engine;
  },
  vector: (space: number): Vector => of(space).vector(),
  free: (space: number, v: Vector): void => of(space).free(v),
  sweep: (space: number, x: Vector, px: Vector): void => of(space).sweep(x, px),
  sweepAndGradient: (space: number, x: Vector, px: Vector, g: Vector): void => of(space).sweepAndGradient(x, px, g),
  gradient: (space: number, x: Vector, g: Vector): void => of(space).gradient(x, g),
  combine: (space: number, out: Vector, a: number, x: Vector, b: number, y: Vector): void =>
    of(space).combine(out, a, x, b, y),
  lineSearch: (space: number, x: Vector, p: Vector): Promise<QuarticCoefficients> => of(space).lineSearch(x, p),
  dots: (space: number, pairs: readonly (readonly [Vector, Vector])[]): Promise<Float64Array> => of(space).dots(pairs),
  read: (space: number, v: Vector): Promise<Factors> => of(space).read(v),
  write: (space: number, v: Vector, factors: Factors): void => of(space).write(v, factors),
  close: (space: number): void => of(space).close(),
};

export type BackendService = typeof service;

function of(space: number): FactorSpace {
  const opened = spaces.get(space);
  if (opened === undefined) throw new Error(`space ${space} has not been opened`);
  return opened;
}

expose(service, endpoint());
