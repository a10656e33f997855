/** WebGPU in Node: Dawn, from the npm package `webgpu`, which carries it prebuilt for Linux, macOS and Windows. */
import { NoGpuError } from './gpu-errors.ts';

/**
 * Dawn zeroes workgroup memory with a loop, as it does on every other platform, not with Vulkan's own means: SwiftShader
 * turns those into one store per number (3.5 s of compiling per kernel with 16 KiB, against 0.1 s). Delete this when
 * SwiftShader's compiler emits a loop.
 *
 * Timestamps are exact: rounding them to 0.1 ms, against pages that spy, would only spoil benchmarks here.
 */
const DAWN_FLAGS = [
  'disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension,timestamp_quantization',
];

/** On Linux Dawn reaches GPUs through this. */
const VULKAN_LOADER = 'libvulkan.so.1';

let gpu: Promise<GPU> | null = null;

/**
 * Opens Dawn in this process. Drivers and Dawn may write on its stdout and stderr whenever it is used.
 * @throws NoGpuError where there is no prebuilt Dawn for this machine, or nothing through which it could reach a GPU.
 */
export function systemGpu(): Promise<GPU> {
  gpu ??= loadDawn();
  return gpu;
}

async function loadDawn(): Promise<GPU> {
  if (process.platform === 'linux' && !canLoad(VULKAN_LOADER)) {
    throw new NoGpuError(`this machine has no Vulkan (${VULKAN_LOADER}), through which a GPU would be used`);
  }
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

/** Whether the dynamic linker finds a library, by its own rules: it is opened as if it were an addon of Node's, which it is not. */
function canLoad(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library);
    return true;
  } catch (error) {
    return error instanceof Error && error.message.startsWith('Module did not self-register');
  }
}
