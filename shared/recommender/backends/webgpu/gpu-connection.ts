import { systemGpu } from '#gpu';
import { DeviceLostError, NoGpuError } from './gpu-errors.ts';
import { Kernels } from './kernels.ts';

/** Names under which processors pose as graphics adapters. */
const SOFTWARE_ADAPTERS = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render/i;

/** One GPU, opened: what all factor spaces and scorers on it share. */
export class GpuConnection {
  readonly device: GPUDevice;
  readonly kernels: Kernels;
  /** For people: "NVIDIA H200", "SwiftShader driver 5.0.0". */
  readonly adapterName: string;
  /** Computes on the processor, slower than plain JavaScript does: for tests only. */
  readonly isSoftware: boolean;
  /** Comes when the device has gone. */
  readonly lost: Promise<DeviceLostError>;

  private constructor(device: GPUDevice, info: GPUAdapterInfo) {
    const { vendor, architecture, device: model, description, isFallbackAdapter } = info;
    this.device = device;
    this.kernels = new Kernels(device);
    this.adapterName = description || [vendor, architecture, model].filter(Boolean).join(' ') || 'unnamed GPU';
    this.isSoftware = isFallbackAdapter || SOFTWARE_ADAPTERS.test([architecture, model, description].join(' '));
    this.lost = device.lost.then(
      ({ reason, message }) =>
        new DeviceLostError(
          reason === 'destroyed'
            ? 'the connection to the GPU was closed'
            : `the GPU was lost, and with it what it held: ${message || 'its driver gives no reason'}`,
        ),
    );
  }

  /**
   * @param options.timestamps lets passes be timed, for benchmarks
   * @throws NoGpuError where there is no WebGPU or no GPU that it can use; TypeError for one that cannot time passes
   */
  static async open({ timestamps = false } = {}): Promise<GpuConnection> {
    const gpu = await systemGpu();
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null) throw new NoGpuError('WebGPU finds no GPU on this machine');
    // Larger bindings than the defaults are for more rows than 128 MiB hold; no kernel needs another limit or feature.
    const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredFeatures: timestamps ? ['timestamp-query'] : [],
      requiredLimits: { maxStorageBufferBindingSize, maxBufferSize },
    });
    return new GpuConnection(device, adapter.info);
  }

  close(): void {
    this.device.destroy();
  }
}
