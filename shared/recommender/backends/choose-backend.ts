import { canShareMemory } from '../threads/shared-memory.ts';
import type { ComputeBackend, RowSolverName } from '../training/compute-backend.ts';

/** `auto` is the fastest that this machine really has; a named backend never falls back on another. */
export const BACKEND_CHOICES = ['auto', 'webgpu', 'threads', 'reference'] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];

export interface ChosenBackend {
  backend: ComputeBackend;
  /** What training moves to when it fails; none for a backend that was asked for by name. */
  fallbacks: readonly ComputeBackend[];
  /** The GPU that computes, as its driver calls it; null for a backend without one. */
  adapterName: string | null;
  /** Why this one, for people. */
  reason: string;
  /** Gives the GPU back; not before the last factor space is closed. */
  close(): void;
}

export interface ChooseOptions {
  /** Of the threads backend; by default one per core. */
  nThreads?: number | undefined;
  /** How the rows will be solved, `cholesky` by default: what `auto` times. */
  solver?: RowSolverName | undefined;
  /** Waits for the GPU's turn before it is used, see `Candidates`. */
  claimGpu?: ((adapterName: string) => Promise<() => void>) | undefined;
}

/** Each thread holds buffers of its own: more than any machine has cores for would only exhaust its memory. */
const MAX_THREADS = 256;

/**
 * Opens a backend, whose code is loaded only when it is chosen. Where there is a GPU, `auto` takes about a second to find
 * out whether it is faster than threads.
 * @throws RangeError for a number of threads out of range; NoGpuError when `webgpu` is asked for and there is no GPU
 */
export async function chooseBackend(choice: BackendChoice, options: ChooseOptions = {}): Promise<ChosenBackend> {
  switch (choice) {
    case 'auto': {
      const [{ chooseAutomatically }, { findGpu }, { openWebGpu }] = await Promise.all([
        import('./auto-choice.ts'),
        import('#gpu'),
        import('./webgpu/webgpu-backend.ts'),
      ]);
      const { backend: threads, name: threadsName } = await openThreads(options.nThreads);
      const { solver = 'cholesky', claimGpu } = options;
      return chooseAutomatically({ findGpu, openGpu: openWebGpu, threads, threadsName, solver, claimGpu });
    }
    case 'threads': {
      const { backend, name } = await openThreads(options.nThreads);
      return { ...WITHOUT_GPU, backend, reason: `asked for: ${name}` };
    }
    case 'webgpu': {
      const { openWebGpu } = await import('./webgpu/webgpu-backend.ts');
      const gpu = await openWebGpu();
      const { backend, adapterName, isSoftware } = gpu;
      const release = await options.claimGpu?.(adapterName);
      return {
        backend,
        fallbacks: [],
        adapterName,
        reason: isSoftware ? `asked for: ${adapterName}, a processor that poses as a GPU` : `asked for: ${adapterName}`,
        close() {
          gpu.close();
          release?.();
        },
      };
    }
    case 'reference': {
      const { referenceBackend } = await import('./reference/reference-backend.ts');
      return {
        ...WITHOUT_GPU,
        backend: referenceBackend,
        reason: 'asked for: double precision on one thread, for checking the others',
      };
    }
    default:
      return choice satisfies never;
  }
}

/**
 * Whether `chooseBackend` would open a GPU in this process, with all that its driver may write on stdout and stderr: when
 * one is asked for, and with `auto` where there is a real one.
 */
export async function opensGpu(choice: BackendChoice): Promise<boolean> {
  if (choice !== 'auto') return choice === 'webgpu';
  const { findGpu } = await import('#gpu');
  return findGpu().then(
    ({ isSoftware }) => !isSoftware,
    () => false,
  );
}

const WITHOUT_GPU = { fallbacks: [], adapterName: null, close: () => {} } as const;

async function openThreads(
  nThreads = navigator.hardwareConcurrency,
): Promise<{ backend: ComputeBackend; name: string }> {
  const { threadsBackend } = await import('./threads/threads-backend.ts');
  if (!Number.isInteger(nThreads) || nThreads < 1 || nThreads > MAX_THREADS) {
    throw new RangeError(`threads must be a whole number from 1 to ${MAX_THREADS}, not ${nThreads}`);
  }
  return {
    backend: threadsBackend({ nThreads }),
    name: canShareMemory()
      ? `${nThreads} ${nThreads === 1 ? 'thread' : 'threads'}`
      : 'one thread, because a page shares memory only when it is cross-origin isolated',
  };
}
