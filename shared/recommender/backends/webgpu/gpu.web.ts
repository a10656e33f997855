import { describeAdapter, type FoundGpu, requestAdapter } from './found-gpu.ts';
import { NoGpuError } from './gpu-errors.ts';

/** WebGPU in a browser, in a page or a worker. @throws NoGpuError where the browser has none. */
export async function systemGpu(): Promise<GPU> {
  if (navigator.gpu) return navigator.gpu;
  throw new NoGpuError(
    isSecureContext
      ? 'this browser has no WebGPU'
      : 'WebGPU needs a secure context: open this page over https or from localhost',
  );
}

/** @throws NoGpuError where there is no GPU, with the reason. */
export async function findGpu(): Promise<FoundGpu> {
  return describeAdapter(await requestAdapter(await systemGpu()));
}
