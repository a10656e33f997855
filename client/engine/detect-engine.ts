/** What this device could compute recommendations with. */
export interface DeviceEngine {
  /** null: no WebGPU, or no adapter. */
  gpu: { name: string; isSoftware: boolean } | null;
  /** Logical cores; 1 where threads cannot share memory. */
  threads: number;
  /** Whether SharedArrayBuffer is there, which threads need. */
  isIsolated: boolean;
}

export async function detectEngine(): Promise<DeviceEngine> {
  const isIsolated = globalThis.crossOriginIsolated;
  return {
    gpu: await detectGpu(),
    threads: isIsolated ? navigator.hardwareConcurrency : 1,
    isIsolated,
  };
}

async function detectGpu(): Promise<DeviceEngine['gpu']> {
  // Absent in insecure contexts and in browsers without WebGPU, whatever the types say.
  if (!('gpu' in navigator)) return null;
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return null;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  return { name, isSoftware: isFallbackAdapter };
}

/** What the device could do, as a sentence. */
export function deviceEngineText({ gpu, threads, isIsolated }: DeviceEngine): string {
  if (gpu !== null && !gpu.isSoftware) return `This device has a GPU that Magpie can use: ${gpu.name}.`;
  const why =
    gpu === null ? 'This browser offers no GPU' : `This browser offers only a GPU made of software (${gpu.name})`;
  if (!isIsolated) return `${why}, and this page may not share memory between threads: one thread is left.`;
  return `${why}; there ${threads === 1 ? 'is 1 thread' : `are ${threads} threads`}.`;
}
