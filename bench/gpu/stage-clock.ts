import type { GpuConnection } from '../../shared/recommender/backends/webgpu/gpu-connection.ts';

/** Two timestamps of 8 bytes per pass. */
const PASS_BYTES = 16;
/** Passes that are timed between two readings: a query set holds 4096 timestamps at most. */
const MAX_PASSES = 2048;

/** What the GPU itself takes for each stage, by timestamp queries around passes. */
export class StageClock {
  readonly #device: GPUDevice;
  readonly #queries: GPUQuerySet;
  #stages: string[] = [];

  constructor({ device }: GpuConnection) {
    this.#device = device;
    this.#queries = device.createQuerySet({ type: 'timestamp', count: 2 * MAX_PASSES });
  }

  /** Encodes a pass of its own that counts for `stage`. */
  pass(encoder: GPUCommandEncoder, stage: string, encode: (pass: GPUComputePassEncoder) => void): void {
    const at = 2 * this.#stages.push(stage) - 2;
    const timestampWrites = { querySet: this.#queries, beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 };
    const pass = encoder.beginComputePass({ timestampWrites });
    encode(pass);
    pass.end();
  }

  /** Milliseconds by stage since the last reading. */
  async read(): Promise<Map<string, number>> {
    const stages = this.#stages;
    this.#stages = [];
    const size = stages.length * PASS_BYTES;
    const resolved = this.#device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    const staging = this.#device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const encoder = this.#device.createCommandEncoder();
    encoder.resolveQuerySet(this.#queries, 0, 2 * stages.length, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const times = new BigUint64Array(staging.getMappedRange().slice(0));
    resolved.destroy();
    staging.destroy();
    const totals = new Map<string, number>();
    stages.forEach((stage, i) => {
      const ms = Number(times[2 * i + 1]! - times[2 * i]!) / 1e6;
      totals.set(stage, (totals.get(stage) ?? 0) + ms);
    });
    return totals;
  }

  close(): void {
    this.#queries.destroy();
  }
}
