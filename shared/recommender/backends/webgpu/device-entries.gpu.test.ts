import { afterAll, afterEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import type { OpenOptions } from '../../training/compute-backend.ts';
import { CommandQueue } from './command-queue.ts';
import { GpuConnection } from './gpu-connection.ts';
import { openStages, type Stages } from './stages.ts';
import { LARGE_SHAPE, problemOfShape } from './testing/awkward-shapes.ts';

const gpu = await GpuConnection.open();
afterAll(() => gpu.close());
afterEach(() => {
  vi.restoreAllMocks();
});

const problem = problemOfShape(LARGE_SHAPE);

async function open(options: OpenOptions = {}): Promise<Stages> {
  const queue = new CommandQueue(gpu);
  return queue.settled(openStages(gpu, queue, problem, options));
}

/** Bytes that the kernels get of observed pairs, all buffers together. */
function heldBytes({ problem: { entries, users, items } }: Stages): number {
  const pieces = [...users, ...items].flatMap((block) => block.pieces);
  const buffers = new Set(pieces.map((piece) => entries.of(piece)));
  return [...buffers].reduce((sum, { size }) => sum + size, 0);
}

describe('observed pairs', () => {
  test('the adapter is SwiftShader', () => {
    expect(gpu.adapterName).toMatch(/SwiftShader/);
  });

  test('stay on a device that has room', async () => {
    const stages = await open();
    expect(stages.problem.entries.isStreamed).toBe(false);
    expect(heldBytes(stages)).toBe(2 * 12 * problem.interactions.byUser.cols.length);
    stages.memory.close();
  });

  test('go through two buffers where the memory is bounded, a piece at a time', async () => {
    const stages = await open({ memoryBytes: 900_000 });
    const { entries, users } = stages.problem;
    expect(entries.isStreamed).toBe(true);
    const [first, second] = [entries.of(users[0]!.pieces[0]!), entries.of(users[1]!.pieces[0]!)];
    expect(first).not.toBe(second);
    expect(entries.of(users[2]!.pieces[0]!)).toBe(first);
    expect(heldBytes(stages)).toBeLessThan(900_000 / 4);
    stages.memory.close();
  });

  // No test can fill the memory of the machine that it runs on: the device's answer is made up, all else is real.
  test('are streamed where the device has no room for them beside the vectors of training, and what was taken is given back', async () => {
    const { device } = gpu;
    const [createBuffer, popErrorScope] = [device.createBuffer.bind(device), device.popErrorScope.bind(device)];
    const refused: MockInstance<GPUBuffer['destroy']>[] = [];
    vi.spyOn(device, 'createBuffer').mockImplementation((descriptor) => {
      const buffer = createBuffer(descriptor);
      if (/^(observed pairs|room for vectors)$/.test(descriptor.label ?? '')) {
        refused.push(vi.spyOn(buffer, 'destroy'));
      }
      return buffer;
    });
    let isTold = false;
    vi.spyOn(device, 'popErrorScope').mockImplementation(() => {
      const error = popErrorScope();
      if (isTold || refused.length === 0) return error;
      isTold = true;
      return error.then(() => new GPUOutOfMemoryError('no room'));
    });
    const stages = await open();
    expect(stages.problem.entries.isStreamed).toBe(true);
    expect(refused.length).toBeGreaterThan(6);
    for (const destroy of refused) expect(destroy).toHaveBeenCalled();
    stages.memory.close();
  });
});
