import { afterEach, expect, test, vi } from 'vitest';
import { findGpu } from '#gpu';
import type { ComputeBackend } from '../training/compute-backend.ts';
import { type Candidates, chooseAutomatically } from './auto-choice.ts';
import { chooseBackend } from './choose-backend.ts';
import { threadsBackend } from './threads/threads-backend.ts';
import { NoGpuError } from './webgpu/gpu-errors.ts';
import { openWebGpu } from './webgpu/webgpu-backend.ts';

/** SwiftShader, taken for a real GPU: the only way to try one out where there is none. */
const takenForReal: Candidates['findGpu'] = async () => ({ ...(await findGpu()), isSoftware: false });
const threads = threadsBackend({ nThreads: 1 });

const opened: { close(): void }[] = [];
async function choose(candidates: Partial<Candidates>): ReturnType<typeof chooseAutomatically> {
  const choice = await chooseAutomatically({
    ...{ findGpu, openGpu: openWebGpu, threads, threadsName: '1 thread', solver: 'cholesky' },
    ...candidates,
  });
  opened.push(choice);
  return choice;
}
afterEach(() => {
  for (const choice of opened.splice(0)) choice.close();
});

/** Threads that are slower, by more than SwiftShader can be, from their second answer on: the first is not timed. */
function slowed(backend: ComputeBackend): ComputeBackend {
  return {
    name: backend.name,
    async open(problem, options) {
      const space = await backend.open(problem, options);
      const dots = space.dots.bind(space);
      let isWarm = false;
      space.dots = async (pairs) => {
        if (isWarm) await new Promise((resolve) => setTimeout(resolve, 6000));
        isWarm = true;
        return dots(pairs);
      };
      return space;
    },
  };
}

test('a processor that poses as a GPU is never chosen, and the reason names it', async () => {
  const choice = await chooseBackend('auto', { nThreads: 1 });
  expect(choice).toMatchObject({ backend: { name: 'threads' }, fallbacks: [], adapterName: null });
  expect(choice.reason).toMatch(/^1 thread: .*SwiftShader.* is no real GPU/);
});

test('without a GPU it is threads', async () => {
  const noGpu = () => Promise.reject(new NoGpuError('WebGPU finds no GPU on this machine'));
  expect(await choose({ findGpu: noGpu })).toMatchObject({
    backend: threads,
    reason: '1 thread: WebGPU finds no GPU on this machine',
  });
});

test('a GPU that is slower than threads loses, with both figures, and is given back', async () => {
  const released = vi.fn();
  const choice = await choose({ findGpu: takenForReal, claimGpu: async () => released });
  expect(choice).toMatchObject({ backend: threads, fallbacks: [], adapterName: null });
  expect(choice.reason).toMatch(/SwiftShader.* is slower: .* took \d+ ms there, and [\d.]+ ms here$/);
  expect(released).toHaveBeenCalledOnce();
});

test('a GPU that is faster wins, keeps threads to fall back on, and is held until it is closed', async () => {
  const released = vi.fn();
  const claimed = vi.fn(async (_adapterName: string) => released);
  const slow = slowed(threads);
  const choice = await choose({
    findGpu: takenForReal,
    threads: slow,
    threadsName: 'a slow thread',
    claimGpu: claimed,
  });
  expect(choice).toMatchObject({ backend: { name: 'webgpu' }, fallbacks: [slow] });
  expect(choice.adapterName).toMatch(/SwiftShader/);
  expect(choice.reason).toMatch(/SwiftShader.*: .* took \d+ ms there, and \d+ ms on a slow thread$/);
  expect(claimed).toHaveBeenCalledWith(choice.adapterName);
  expect(released).not.toHaveBeenCalled();
  choice.close();
  expect(released).toHaveBeenCalledOnce();
});

test('a GPU that fails when it is tried is named, and threads take its place', async () => {
  const lost: Candidates['openGpu'] = async () => {
    const gpu = await openWebGpu();
    gpu.close();
    return { ...gpu, adapterName: 'a GPU that is just being reset' };
  };
  const { backend, reason } = await choose({ findGpu: takenForReal, openGpu: lost });
  expect(backend).toBe(threads);
  expect(reason).toMatch(
    /a GPU that is just being reset failed when it was tried: the connection to the GPU was closed/,
  );
});
