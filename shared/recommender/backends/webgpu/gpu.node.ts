/** WebGPU in Node: Dawn, from the npm package `webgpu`, which carries it prebuilt for Linux, macOS and Windows. */
import { NoGpuError } from './gpu-errors.ts';

/**
 * Dawn zeroes workgroup memory with a loop, as it does on every other platform, not with Vulkan's own means: SwiftShader
 * turns those into one store per number (3.5 s of compiling per kernel with 16 KiB, against 0.1 s). Delete this when
 * SwiftShader's compiler emits a loop.
 */
const DAWN_FLAGS = ['disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension'];

let gpu: Promise<GPU> | null = null;

/** @throws NoGpuError where there is no prebuilt Dawn for this machine. */
export function systemGpu(): Promise<GPU> {
  gpu ??= loadDawn();
  return gpu;
}

async function loadDawn(): Promise<GPU> {
  try {
    const { create, globals } = await import('webgpu');
    // GPUBufferUsage and the like, which a browser has as globals.
    Object.assign(globalThis, globals);
    return create(DAWN_FLAGS);
  } catch (cause) {
    throw new NoGpuError('WebGPU cannot be loaded in Node: the package "webgpu" has no build for this machine', {
      cause,
    });
  }
}
