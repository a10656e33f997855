import { afterAll, expect, test } from 'vitest';
import { describeComputeBackend } from '../../compute-backend.compliance.ts';
import { describeSameLosses } from '../../same-losses.compliance.ts';
import { PROBLEMS } from '../../test-problems.ts';
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

describeComputeBackend('webgpu', gpu.backend, { tolerance: 1e-5, sumTolerance: 1e-6 });
describeSameLosses('webgpu', gpu.backend);
