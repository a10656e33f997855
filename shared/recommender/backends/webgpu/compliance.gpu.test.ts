import { afterAll, expect, test } from 'vitest';
import { describeComputeBackend } from '../../testing/compute-backend.compliance.ts';
import { describeSameLosses } from '../../testing/same-losses.compliance.ts';
import { PROBLEMS } from '../../testing/test-problems.ts';
import { BASELINE } from './gpu-capabilities.ts';
import { openWebGpu } from './webgpu-backend.ts';

const gpu = await openWebGpu();
afterAll(() => gpu.close());

test('what is tested here is WebGPU on SwiftShader, and says so', async () => {
  expect(gpu.adapterName).toMatch(/SwiftShader/);
  expect(gpu.isSoftware).toBe(true);
  const space = await gpu.backend.open(PROBLEMS[0]!.problem);
  expect(space.engine).toBe(`webgpu (${gpu.adapterName})`);
  space.close();
});

/** As a device would be that has no more than WebGPU promises. */
const plain = await openWebGpu(BASELINE);
afterAll(() => plain.close());

test('its pipelines are chosen by what the device has', () => {
  expect(gpu.capabilities).toMatchObject({ workgroupSum: 'workgroup-sum-subgroups', sharedBytes: 32_768 });
  expect(plain.capabilities).toEqual(BASELINE);
});

for (const { name, backend } of [
  { name: 'webgpu', backend: gpu.backend },
  { name: 'webgpu with what every device has', backend: plain.backend },
]) {
  describeComputeBackend(name, backend, { tolerance: 1e-5, sumTolerance: 1e-6 });
  describeSameLosses(name, backend);
}
