import type { FactorModel } from '../../model/factor-model.ts';
import type { ComputeBackend } from '../../training/compute-backend.ts';
import type { GpuCapabilities } from './gpu-capabilities.ts';
import { GpuConnection } from './gpu-connection.ts';
import { WebGpuScorer } from './webgpu-scorer.ts';
import { WebGpuSpace } from './webgpu-space.ts';

/** An opened GPU as a compute backend. */
export interface WebGpu {
  backend: ComputeBackend;
  /** For people: "NVIDIA H200". */
  adapterName: string;
  /** A processor that poses as a GPU: correct, but slower than the threads backend. */
  isSoftware: boolean;
  /** What the kernels make use of on it. */
  capabilities: GpuCapabilities;
  /** Scores a trained model on this GPU. */
  openScorer(model: FactorModel): Promise<WebGpuScorer>;
  /** Gives the GPU back; factor spaces that are still open fail with a DeviceLostError. */
  close(): void;
}

/**
 * Opens this machine's GPU.
 * @param restrictTo less than the GPU can do, to see that this is enough
 * @throws NoGpuError where there is no WebGPU or no GPU that it can use.
 */
export async function openWebGpu(restrictTo: Partial<GpuCapabilities> = {}): Promise<WebGpu> {
  const gpu = await GpuConnection.open({ restrictTo });
  return {
    backend: { name: 'webgpu', open: (problem, options = {}) => WebGpuSpace.open(gpu, problem, options) },
    openScorer: (model) => WebGpuScorer.open(gpu, model),
    adapterName: gpu.adapterName,
    isSoftware: gpu.isSoftware,
    capabilities: gpu.capabilities,
    close: () => gpu.close(),
  };
}
