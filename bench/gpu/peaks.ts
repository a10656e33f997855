import type { GpuConnection } from '../../shared/recommender/backends/webgpu/gpu-connection.ts';
import { StageClock } from './stage-clock.ts';
import type { Peaks } from './stage-costs.ts';

/** Threads of a workgroup, and independent sums of four per thread, enough to hide the latency of an addition. */
const WG_SIZE = 256;
const N_SUMS = 8;

const KERNELS = `
@group(0) @binding(0) var<storage, read> from_buffer: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> to_buffer: array<vec4f>;

@compute @workgroup_size(${WG_SIZE})
fn copy(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) n_groups: vec3u) {
  for (var i = id.x; i < arrayLength(&to_buffer); i += n_groups.x * ${WG_SIZE}u) {
    to_buffer[i] = from_buffer[i];
  }
}

override N_ROUNDS: u32;

@compute @workgroup_size(${WG_SIZE})
fn multiply_add(@builtin(global_invocation_id) id: vec3u) {
  let factor = from_buffer[0];
  ${Array.from({ length: N_SUMS }, (_, i) => `var s${i} = factor + ${i}.0;`).join(' ')}
  for (var i = 0u; i < N_ROUNDS; i++) {
    ${Array.from({ length: N_SUMS }, (_, i) => `s${i} = fma(s${i}, factor, factor);`).join(' ')}
  }
  to_buffer[id.x % arrayLength(&to_buffer)] = ${Array.from({ length: N_SUMS }, (_, i) => `s${i}`).join(' + ')};
}`;

/** Sizes of the two measurements: a fast GPU has to be busy for some milliseconds. */
export interface PeakSizes {
  copyBytes: number;
  nGroups: number;
  nRounds: number;
}

/** What the GPU reaches on a copy that no cache holds, and on multiplications with nothing but registers: the best of some runs. */
export async function measurePeaks(
  gpu: GpuConnection,
  { copyBytes, nGroups, nRounds }: PeakSizes,
  repetitions: number,
): Promise<Peaks> {
  const { device } = gpu;
  const clock = new StageClock(gpu);
  const module = device.createShaderModule({ code: KERNELS });
  const pipeline = (entryPoint: string, constants: Record<string, number>): Promise<GPUComputePipeline> =>
    device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint, constants } });
  const [copy, multiplyAdd] = await Promise.all([
    pipeline('copy', {}),
    pipeline('multiply_add', { N_ROUNDS: nRounds }),
  ]);
  const buffers = [0, 1].map(() => device.createBuffer({ size: copyBytes, usage: GPUBufferUsage.STORAGE }));
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const dispatch = (pass: GPUComputePassEncoder, pipeline: GPUComputePipeline): void => {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
    pass.dispatchWorkgroups(nGroups);
  };
  const best = { copy: Number.POSITIVE_INFINITY, multiplyAdd: Number.POSITIVE_INFINITY };
  // The first run is for the clocks of the GPU.
  for (let i = 0; i <= repetitions; i++) {
    const encoder = device.createCommandEncoder();
    clock.pass(encoder, 'copy', (pass) => dispatch(pass, copy));
    clock.pass(encoder, 'multiplyAdd', (pass) => dispatch(pass, multiplyAdd));
    device.queue.submit([encoder.finish()]);
    const times = await clock.read();
    best.copy = Math.min(best.copy, times.get('copy')!);
    best.multiplyAdd = Math.min(best.multiplyAdd, times.get('multiplyAdd')!);
  }
  for (const buffer of buffers) buffer.destroy();
  clock.close();
  const flop = 2 * 4 * N_SUMS * nRounds * WG_SIZE * nGroups;
  return { tflops: flop / best.multiplyAdd / 1e9, gbPerSecond: (2 * copyBytes) / best.copy / 1e6 };
}
