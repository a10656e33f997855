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
  // Not toEqual: what it prints of half a million differences takes minutes.
  expect(actual.findIndex((value, i) => value !== expected[i])).toBe(-1);
});

test('ten thousand equal parts add up to 1e-5, which adding one after the other would miss tenfold', async () => {
  const queue = new CommandQueue(gpu);
  const slotSums = await SlotSums.create(gpu.kernels, 16);
  const buffer = memory.upload(new Float32Array(4 * 10_001).fill(0.1), 'slots');
  const sumsBuffer = memory.upload(Uint32Array.of(0, 1, 10_000), 'sums');
  await queue.submitPass((pass) => slotSums.encode(pass, sumsBuffer, 1, buffer));
  const readback = new Readback(gpu.device, 16);
  await queue.submit((encoder) => readback.copy(encoder, buffer, 16));
  for (const sum of await queue.settled(readback.numbers())) {
    expect(Math.abs(sum / (10_001 * Math.fround(0.1)) - 1)).toBeLessThan(1e-5);
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
