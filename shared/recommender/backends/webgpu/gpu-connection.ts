import { systemGpu } from '#gpu';
import { describeAdapter, type FoundGpu, requestAdapter } from './found-gpu.ts';
import { capabilitiesOf, deviceRequest, type GpuCapabilities } from './gpu-capabilities.ts';
import { DeviceLostError } from './gpu-errors.ts';
import { Kernels } from './kernels.ts';

/** One GPU, opened: what all factor spaces and scorers on it share. */
export class GpuConnection {
  readonly device: GPUDevice;
  readonly capabilities: GpuCapabilities;
  readonly kernels: Kernels;
  /** For people: "NVIDIA H200", "SwiftShader driver 5.0.0". */
  readonly adapterName: string;
  /** Computes on the processor, slower than plain JavaScript does: for tests only. */
  readonly isSoftware: boolean;
  /** Resolves when the device is lost. */
  readonly lost: Promise<DeviceLostError>;

  private constructor(device: GPUDevice, { adapterName, isSoftware }: FoundGpu, capabilities: GpuCapabilities) {
    this.device = device;
    this.capabilities = capabilities;
    this.kernels = new Kernels(device, capabilities);
    this.adapterName = adapterName;
    this.isSoftware = isSoftware;
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
   * @param options.restrictTo less than the GPU can do, to see that this is enough
   * @throws NoGpuError where there is no WebGPU or no GPU that it can use; TypeError for one that cannot time passes
   */
  static async open({
    timestamps = false,
    restrictTo = {},
  }: {
    timestamps?: boolean;
    restrictTo?: Partial<GpuCapabilities>;
  } = {}): Promise<GpuConnection> {
    const gpu = await systemGpu();
    const adapter = await requestAdapter(gpu);
    const capabilities = { ...capabilitiesOf(adapter, gpu.wgslLanguageFeatures), ...restrictTo };
    const { requiredFeatures, requiredLimits } = deviceRequest(capabilities);
    const device = await adapter.requestDevice({
      requiredFeatures: timestamps ? [...requiredFeatures, 'timestamp-query'] : requiredFeatures,
      requiredLimits,
    });
    return new GpuConnection(device, describeAdapter(adapter), capabilities);
  }

  close(): void {
    this.device.destroy();
  }
}
