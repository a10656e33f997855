import type { ComputeBackend } from '../compute-backend.ts';
import { canShareMemory } from '../shared-memory.ts';

/** `auto` is the fastest that this machine really has; a named backend never falls back on another. */
export const BACKEND_CHOICES = ['auto', 'webgpu', 'threads', 'reference'] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];

export interface ChosenBackend {
  backend: ComputeBackend;
  /** Why this one, for people. */
  reason: string;
}

/** Each thread holds buffers of its own: more than any machine has cores for would only exhaust its memory. */
const MAX_THREADS = 256;

/**
 * Backends are loaded when they are chosen, so that nobody pays for one that he does not use.
 * @throws RangeError for a number of threads that is no number of threads; NoGpuError when `webgpu` is asked for and there is none
 */
export async function chooseBackend(
  choice: BackendChoice,
  { nThreads }: { nThreads?: number | undefined } = {},
): Promise<ChosenBackend> {
  switch (choice) {
    case 'auto':
    case 'threads': {
      const { threadsBackend } = await import('./threads/threads-backend.ts');
      const count = nThreads ?? navigator.hardwareConcurrency;
      if (!Number.isInteger(count) || count < 1 || count > MAX_THREADS) {
        throw new RangeError(`threads must be a whole number from 1 to ${MAX_THREADS}, not ${count}`);
      }
      return {
        backend: threadsBackend({ nThreads: count }),
        reason: canShareMemory()
          ? `plain JavaScript on ${count} ${count === 1 ? 'thread' : 'threads'}`
          : 'plain JavaScript on one thread, because a page shares memory only when it is cross-origin isolated',
      };
    }
    case 'webgpu': {
      const { openWebGpu } = await import('./webgpu/webgpu-backend.ts');
      const { backend, adapterName, isSoftware } = await openWebGpu();
      return {
        backend,
        reason: isSoftware ? `asked for: ${adapterName}, a processor that poses as a GPU` : `asked for: ${adapterName}`,
      };
    }
    case 'reference': {
      const { referenceBackend } = await import('./reference/reference-backend.ts');
      return {
        backend: referenceBackend,
        reason: 'asked for: double precision on one thread, for checking the others',
      };
    }
    default:
      return choice satisfies never;
  }
}
