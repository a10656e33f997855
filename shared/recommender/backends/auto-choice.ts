import type { ComputeBackend, RowSolverName } from '../training/compute-backend.ts';
import { sweepMs } from './calibration.ts';
import type { FoundGpu } from './webgpu/found-gpu.ts';
import type { WebGpu } from './webgpu/webgpu-backend.ts';

/** What `auto` can choose from. */
export interface Candidates {
  /** Looks for the machine's GPU without opening it; rejects with a NoGpuError where there is none. */
  findGpu(): Promise<FoundGpu>;
  /** Opens it; asked for a real GPU only. */
  openGpu(): Promise<Pick<WebGpu, 'backend' | 'adapterName' | 'close'>>;
  threads: ComputeBackend;
  /** For people: "2 threads". */
  threadsName: string;
  /** How the rows will be solved: what is timed. */
  solver: RowSolverName;
  /** Waits until no other training uses the GPU, so that neither slows the other while it is timed. @returns a function that gives the GPU back */
  claimGpu?: ((adapterName: string) => Promise<() => void>) | undefined;
}

export interface AutoChoice {
  backend: ComputeBackend;
  /** What to move to when it fails, in this order. */
  fallbacks: readonly ComputeBackend[];
  /** The chosen GPU; null for threads. */
  adapterName: string | null;
  /** Why this one, for people. */
  reason: string;
  close(): void;
}

/** Time for a GPU to compile its kernels and sweep twice, ms; one that takes longer is not the faster engine. */
const GPU_DEADLINE_MS = 10_000;

/** Milliseconds per sweep of the calibration by what was timed: a machine is not timed twice in a process. */
const timings = new Map<string, Promise<{ gpuMs: number; threadsMs: number }>>();

/** The GPU where there is a real one and it is the faster, else threads. @throws what `claimGpu` throws */
export async function chooseAutomatically(candidates: Candidates): Promise<AutoChoice> {
  const { threads, threadsName } = candidates;
  const onThreads = (why: string): AutoChoice => ({
    backend: threads,
    fallbacks: [],
    adapterName: null,
    reason: `${threadsName}: ${why}`,
    close: () => {},
  });
  const found = await candidates.findGpu().catch((error: Error) => error);
  // Threads do without a GPU that is not found or does not open; the reason says why.
  if (found instanceof Error) return onThreads(found.message);
  if (found.isSoftware) {
    return onThreads(`${found.adapterName} is no real GPU but a processor that poses as one, and slower`);
  }
  const gpu = await candidates.openGpu().catch((error: Error) => error);
  if (gpu instanceof Error) return onThreads(gpu.message);
  const { adapterName } = gpu;
  const release = await candidates.claimGpu?.(adapterName).catch((error: unknown) => {
    gpu.close();
    throw error;
  });
  const close = (): void => {
    gpu.close();
    release?.();
  };
  try {
    const { gpuMs, threadsMs } = await timed(gpu.backend, candidates, adapterName);
    const figures = `a sweep of a small problem took ${shown(gpuMs)} there`;
    if (gpuMs < threadsMs) {
      return {
        backend: gpu.backend,
        fallbacks: [threads],
        adapterName,
        reason: `${adapterName}: ${figures}, and ${shown(threadsMs)} on ${threadsName}`,
        close,
      };
    }
    close();
    return onThreads(`${adapterName} is slower: ${figures}, and ${shown(threadsMs)} here`);
  } catch (error) {
    close();
    return onThreads(`${adapterName} failed when it was tried: ${error instanceof Error ? error.message : error}`);
  }
}

function timed(
  gpu: ComputeBackend,
  { threads, threadsName, solver }: Candidates,
  adapterName: string,
): Promise<{ gpuMs: number; threadsMs: number }> {
  const key = `${solver} on ${adapterName} against ${threadsName}`;
  const known = timings.get(key);
  if (known !== undefined) return known;
  const timing = (async () => ({
    gpuMs: await sweepMs(gpu, solver, AbortSignal.timeout(GPU_DEADLINE_MS)),
    threadsMs: await sweepMs(threads, solver),
  }))();
  timings.set(key, timing);
  // One that failed may do better next time.
  timing.catch(() => timings.delete(key));
  return timing;
}

function shown(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
