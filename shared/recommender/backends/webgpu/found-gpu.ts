import { NoGpuError } from './gpu-errors.ts';

/** A GPU that was looked for and found; it is not opened yet. */
export interface FoundGpu {
  /** For people: "NVIDIA H200", "SwiftShader driver 5.0.0". */
  adapterName: string;
  /** Computes on the processor, slower than plain JavaScript does: for tests only. */
  isSoftware: boolean;
}

/** Names under which processors pose as graphics adapters. */
const SOFTWARE_ADAPTERS = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render/i;

/** The adapter that Magpie computes on. @throws NoGpuError where WebGPU finds none. */
export async function requestAdapter(gpu: GPU): Promise<GPUAdapter> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new NoGpuError('WebGPU finds no GPU on this machine');
  return adapter;
}

export function describeAdapter({ info }: GPUAdapter): FoundGpu {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  return {
    adapterName: description || [vendor, architecture, device].filter(Boolean).join(' ') || 'unnamed GPU',
    isSoftware: isFallbackAdapter || SOFTWARE_ADAPTERS.test([architecture, device, description].join(' ')),
  };
}
