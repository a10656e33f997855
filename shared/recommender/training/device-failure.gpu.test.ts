import { afterEach, describe, expect, test } from 'vitest';
import { threadsBackend } from '../backends/threads/threads-backend.ts';
import { GpuConnection } from '../backends/webgpu/gpu-connection.ts';
import { DeviceLostError, GpuOutOfMemoryError, withErrorScopes } from '../backends/webgpu/gpu-errors.ts';
import { openWebGpu, type WebGpu } from '../backends/webgpu/webgpu-backend.ts';
import { IdMap } from '../interactions/id-map.ts';
import type { Dataset } from '../interactions/interactions.ts';
import { randomProblem } from '../testing/test-problems.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ComputeBackend } from './compute-backend.ts';
import { defaultParameters } from './parameters.ts';
import { trainModel } from './train-model.ts';
import type { Fallback, IterationReport } from './training-options.ts';

const opened: WebGpu[] = [];
async function openGpu(): Promise<WebGpu> {
  const gpu = await openWebGpu();
  expect(gpu.adapterName).toMatch(/SwiftShader/);
  opened.push(gpu);
  return gpu;
}
afterEach(() => {
  for (const gpu of opened.splice(0)) gpu.close();
});

const threads = threadsBackend({ useWorkers: false });
const parameters = { ...defaultParameters('explicit'), nFactors: 6, iterations: 10 };
const { interactions } = randomProblem(
  { nUsers: 60, nItems: 40, nFactors: 6, objective: { feedback: 'explicit', lambda: 0.1 }, density: 0.4 },
  3,
);
const ids = (n: number): IdMap => IdMap.of(Array.from({ length: n }, (_, i) => String(i)));
const dataset: Dataset = { interactions, users: ids(60), items: ids(40) };

describe('when the GPU is lost', () => {
  test('training goes on in threads from the last checkpoint, and says who did what', async () => {
    const gpu = await openGpu();
    const checkpoints: Checkpoint[] = [];
    const seen: IterationReport[] = [];
    const fallbacks: Fallback[] = [];
    const result = await trainModel(dataset, parameters, {
      backend: gpu.backend,
      fallbacks: [threads],
      checkpointIntervalMs: 0,
      onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
      onFallback: (fallback) => fallbacks.push(fallback),
      onIteration(report) {
        seen.push(report);
        if (report.iteration === 6 && report.engine.startsWith('webgpu')) gpu.close();
      },
    });
    const [onGpu, onThreads] = [`webgpu (${gpu.adapterName})`, result.engine];
    expect(onThreads).toMatch(/^threads/);
    expect(fallbacks).toEqual([
      { from: onGpu, to: 'threads', reason: 'the connection to the GPU was closed', iteration: 5 },
    ]);
    expect(result.fallbacks).toEqual(fallbacks);
    expect(result.engines).toEqual([
      { engine: onGpu, from: 1, to: 5 },
      { engine: onThreads, from: 6, to: 10 },
    ]);
    // The lost iteration is done and reported again; the result has each once.
    expect(seen.map(({ iteration }) => iteration)).toEqual([2, 3, 4, 5, 6, 5, 6, 7, 8, 9, 10]);
    expect(result.reports.map(({ iteration }) => iteration)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const [before, after] = seen.filter(({ iteration }) => iteration === 5);
    expect(after!.loss / before!.loss).toBeCloseTo(1, 4);

    const undisturbed = await trainModel(dataset, parameters, { backend: threads });
    expect(result.reports.at(-1)!.loss / undisturbed.reports.at(-1)!.loss).toBeCloseTo(1, 1);
  });

  test('before the first checkpoint, it begins anew and gives the model of threads alone', async () => {
    const gpu = await openGpu();
    const { model, fallbacks, engines } = await trainModel(dataset, parameters, {
      backend: gpu.backend,
      fallbacks: [threads],
      onIteration: ({ iteration }) => iteration === 4 && gpu.close(),
    });
    expect(fallbacks).toMatchObject([{ iteration: null }]);
    expect(engines).toMatchObject([{ from: 1, to: 10 }]);
    const alone = await trainModel(dataset, parameters, { backend: threads });
    expect(model.itemFactors).toEqual(alone.model.itemFactors);
  });

  test('before training could begin, the next engine does it', async () => {
    const gpu = await openGpu();
    gpu.close();
    const { fallbacks, engine } = await trainModel(dataset, parameters, { backend: gpu.backend, fallbacks: [threads] });
    expect(engine).toMatch(/^threads/);
    expect(fallbacks).toMatchObject([{ from: 'webgpu', to: 'threads' }]);
  });

  test('training ends with that error where there is nothing to fall back on', async () => {
    const gpu = await openGpu();
    const training = trainModel(dataset, parameters, {
      backend: gpu.backend,
      onIteration: ({ iteration }) => iteration === 4 && gpu.close(),
    });
    await expect(training).rejects.toThrow(DeviceLostError);
  });

  test('a stop that was asked for is no failure: nothing goes on elsewhere', async () => {
    const gpu = await openGpu();
    const abort = new AbortController();
    const reason = new Error('the shop closes');
    const training = trainModel(dataset, parameters, {
      backend: gpu.backend,
      fallbacks: [threads],
      signal: abort.signal,
      onIteration: ({ iteration }) => iteration === 4 && abort.abort(reason),
    });
    await expect(training).rejects.toBe(reason);
  });
});

test('when a problem is too large for the GPU, the next engine does it', async () => {
  const { backend } = await openGpu();
  const small: ComputeBackend = { name: 'webgpu', open: (problem) => backend.open(problem, { memoryBytes: 4000 }) };
  const { engine, fallbacks } = await trainModel(dataset, parameters, { backend: small, fallbacks: [threads] });
  expect(engine).toMatch(/^threads/);
  expect(fallbacks).toMatchObject([{ from: 'webgpu', reason: expect.stringMatching(/more than the 4000 it may/) }]);
});

test('when the GPU has no memory left, the next engine does it', async () => {
  const gpu = await GpuConnection.open();
  /** As large as a vector of two million users: SwiftShader cannot have it, and says so. */
  const tooLarge: ComputeBackend = {
    name: 'webgpu',
    async open(problem) {
      const size = gpu.device.limits.maxBufferSize - 4;
      await withErrorScopes(gpu.device, () => gpu.device.createBuffer({ size, usage: GPUBufferUsage.STORAGE })).checked;
      return threads.open(problem);
    },
  };
  expect(gpu.adapterName).toMatch(/SwiftShader/);
  await expect(trainModel(dataset, parameters, { backend: tooLarge })).rejects.toThrow(GpuOutOfMemoryError);
  const { engine, fallbacks } = await trainModel(dataset, parameters, { backend: tooLarge, fallbacks: [threads] });
  expect(engine).toMatch(/^threads/);
  expect(fallbacks).toMatchObject([{ from: 'webgpu', reason: expect.stringMatching(/no memory left/) }]);
  gpu.close();
});
