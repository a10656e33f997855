import { afterAll, expect, test, vi } from 'vitest';
import { CommandQueue } from './command-queue.ts';
import { DeviceMemory } from './device-memory.ts';
import { GpuConnection } from './gpu-connection.ts';
import { kernelLayout, paddedRows } from './kernel-layout.ts';
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

test('top-K loses no candidate where each item is better than all before it', async () => {
  const [nItems, k] = [2048, 20];
  const queue = new CommandQueue(gpu);
  const layout = kernelLayout(1);
  const kernel = await gpu.kernels.get('top-k', { constants: { N_TILE_ROWS: layout.nTileRows } });
  const items = Array.from({ length: nItems }, (_, item) => item);
  const best = memory.storage(8 * k, 'best items');
  // One user and one slice: the list that a workgroup keeps is full again and again.
  const bindings = [
    memory.uniform(Uint32Array.of(1, 0, nItems, 1, k), 'search'),
    memory.upload(paddedRows([1], layout), 'users'),
    memory.upload(paddedRows(items, layout), 'items'),
    memory.upload(Uint32Array.of(0, 1), 'where excluded items begin'),
    memory.upload(Uint32Array.of(2046), 'excluded items'),
    best,
  ];
  await queue.submitPass((pass) => kernel.encode(pass, bindings, 1));
  const readback = new Readback(gpu.device, best.size);
  await queue.submit((encoder) => readback.copy(encoder, best, best.size));
  const found = await queue.settled(readback.numbers());
  const foundItems = new Uint32Array(found.buffer).filter((_, i) => i % 2 === 1);
  const expected = items
    .filter((item) => item !== 2046)
    .slice(-k)
    .reverse();
  expect([...foundItems]).toEqual(expected);
  expect([...found.filter((_, i) => i % 2 === 0)]).toEqual(expected);
});
