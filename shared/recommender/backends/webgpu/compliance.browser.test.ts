import { afterAll, expect, test } from 'vitest';
import { describeComputeBackend } from '../../testing/compute-backend.compliance.ts';
import { describeSameLosses } from '../../testing/same-losses.compliance.ts';
import { PROBLEMS } from '../../testing/test-problems.ts';
import { backendInWorker } from './testing/backend-in-worker.web.ts';

const { backend, environment, close } = await backendInWorker();
afterAll(() => close());

test('what is tested here is WebGPU on SwiftShader in a worker of Chromium', async () => {
  expect(navigator.userAgent).toMatch(/Chrome\//);
  expect(environment).toMatchObject({
    ...{ adapterName: expect.stringMatching(/swiftshader/i), isSoftware: true, isWorker: true },
    capabilities: { workgroupSum: 'workgroup-sum-subgroups' },
  });
  const space = await backend.open(PROBLEMS[0]!.problem);
  expect(space.engine).toBe(`webgpu (${environment.adapterName})`);
  space.close();
});

describeComputeBackend('webgpu', backend, { tolerance: 1e-5, sumTolerance: 1e-6 });
describeSameLosses('webgpu', backend);
