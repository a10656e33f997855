import { afterAll, expect, test, vi } from 'vitest';
import { CommandQueue } from './command-queue.ts';
import { DeviceMemory } from './device-memory.ts';
import { GpuConnection } from './gpu-connection.ts';
import { Readback } from './readback.ts';
import { SlotSums } from './slot-sums.ts';

const gpu = await GpuConnection.open();
const memory = new DeviceMemory(gpu);
afterAll(() => gpu.close());

test('the adapter is SwiftShader', () => {
  expect(gpu.adapterName).toMatch(/SwiftShader/);
});

test('more workgroups than a dimension of a dispatch takes are run, each once', async () => {
  const nSums = gpu.capabilities.groupsPerDimension + 4465;
  expect(nSums).toBeGreaterThan(65_535);
  const queue = new CommandQueue(gpu);
  const slotSums = await SlotSums.create(gpu.kernels, 16);
  // Slot t gets slot nSums + t on top.
  const slots = Float32Array.from({ length: 8 * nSums }, (_, i) => i % 1000);
  const sums = Uint32Array.from({ length: 3 * nSums }, (_, i) => [i / 3, nSums + (i - 1) / 3, 1][i % 3]!);
  const buffer = memory.upload(slots, 'slots');
  const sumsBuffer = memory.upload(sums, 'sums');
  await queue.submitPass((pass) => slotSums.encode(pass, sumsBuffer, nSums, buffer));
  const readback = new Readback(gpu.device, buffer.size);
  await queue.submit((encoder) => readback.copy(encoder, buffer, buffer.size));
  const actual = await queue.settled(readback.numbers());
  const expected = slots.map((value, i) => (i < 4 * nSums ? value + slots[i + 4 * nSums]! : value));
  expect(actual).toEqual(expected);
});

test('many parts of a sum are added in order, to single precision', async () => {
  const queue = new CommandQueue(gpu);
  const slotSums = await SlotSums.create(gpu.kernels, 16);
  const slots = Float32Array.from({ length: 4 * 1000 }, (_, i) => Math.sin(i));
  const buffer = memory.upload(slots, 'slots');
  const sumsBuffer = memory.upload(Uint32Array.of(3, 10, 990), 'sums');
  await queue.submitPass((pass) => slotSums.encode(pass, sumsBuffer, 1, buffer));
  const readback = new Readback(gpu.device, buffer.size);
  await queue.submit((encoder) => readback.copy(encoder, buffer, buffer.size));
  const actual = await queue.settled(readback.numbers());
  for (let i = 0; i < 4; i++) {
    const parts = [3, ...Array.from({ length: 990 }, (_, j) => 10 + j)];
    const [sum, size] = [0, 1].map((power) =>
      parts.reduce((total, slot) => total + (power ? Math.abs(slots[4 * slot + i]!) : slots[4 * slot + i]!), 0),
    ) as [number, number];
    expect(Math.abs(actual[12 + i]! - sum) / size).toBeLessThan(1e-6);
  }
});

test('a kernel makes a bind group once for the same buffers', async () => {
  const queue = new CommandQueue(gpu);
  const slotSums = await SlotSums.create(gpu.kernels, 32);
  const [slots, others] = [memory.storage(64, 'slots'), memory.storage(64, 'slots')];
  const sums = memory.upload(Uint32Array.of(0, 1, 1), 'sums');
  const created = vi.spyOn(gpu.device, 'createBindGroup');
  for (const buffer of [slots, slots, others, slots]) {
    await queue.submitPass((pass) => slotSums.encode(pass, sums, 1, buffer));
  }
  await queue.settled(Promise.resolve());
  expect(created).toHaveBeenCalledTimes(2);
  created.mockRestore();
});
