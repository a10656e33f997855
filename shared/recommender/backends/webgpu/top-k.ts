import { BestK } from '../../best-k.ts';
import type { ScoredItem } from '../../scorer.ts';
import type { CommandQueue } from './command-queue.ts';
import { DeviceMemory, writeBuffer } from './device-memory.ts';
import type { GpuConnection } from './gpu-connection.ts';
import { type KernelLayout, paddedRows } from './kernel-layout.ts';
import type { Kernel } from './kernels.ts';
import { Readback } from './readback.ts';

/** As many as top-k.wgsl keeps. */
export const MAX_K = 256;
/** Users in a dispatch, at most: bounded, so that the GPU can draw the screen in between. */
const USERS_PER_DISPATCH = 1024;
/** Workgroups that fill a large GPU: a few users share it by slices of the items. */
const WANTED_GROUPS = 512;
/** Items in a slice, at least: one per thread. */
const MIN_SLICE = 256;
/** The item of an empty place, as in top-k.wgsl. */
const NONE = 0xffffffff;

/** Exact top-K search over item factors on the device; no users × items matrix is ever held. */
export class TopK {
  readonly #gpu: GpuConnection;
  readonly #kernel: Kernel;
  readonly #layout: KernelLayout;
  readonly #items: GPUBuffer;
  readonly #nItems: number;

  private constructor(gpu: GpuConnection, kernel: Kernel, layout: KernelLayout, items: GPUBuffer, nItems: number) {
    this.#gpu = gpu;
    this.#kernel = kernel;
    this.#layout = layout;
    this.#items = items;
    this.#nItems = nItems;
  }

  /** @param items factors in padded rows */
  static async create(gpu: GpuConnection, layout: KernelLayout, items: GPUBuffer, nItems: number): Promise<TopK> {
    const kernel = await gpu.kernels.get('top-k', { constants: { N_TILE_ROWS: layout.nTileRows } });
    return new TopK(gpu, kernel, layout, items, nItems);
  }

  /**
   * The n ≤ MAX_K best items of each user, best first.
   * @param users factors [nUsers × k]
   * @param excluded by user, the items that must not appear
   */
  async search(
    queue: CommandQueue,
    users: Float64Array,
    n: number,
    excluded: (user: number) => ReadonlySet<number>,
  ): Promise<ScoredItem[][]> {
    const found: ScoredItem[][] = [];
    const nUsers = users.length / this.#layout.nFactors;
    const count = Math.min(n, this.#nItems);
    if (count === 0) return Array.from({ length: nUsers }, () => []);
    for (let first = 0; first < nUsers; first += USERS_PER_DISPATCH) {
      const end = Math.min(first + USERS_PER_DISPATCH, nUsers);
      found.push(...(await this.#batch(queue, users, first, end, count, excluded)));
    }
    return found;
  }

  async #batch(
    queue: CommandQueue,
    users: Float64Array,
    first: number,
    end: number,
    count: number,
    excluded: (user: number) => ReadonlySet<number>,
  ): Promise<ScoredItem[][]> {
    const { device } = this.#gpu;
    const { nFactors } = this.#layout;
    const nUsers = end - first;
    const nSlices = Math.max(1, Math.min(Math.ceil(WANTED_GROUPS / nUsers), Math.floor(this.#nItems / MIN_SLICE)));
    const padded = paddedRows(users.slice(first * nFactors, end * nFactors), this.#layout);
    const lists = Array.from({ length: nUsers }, (_, i) => Uint32Array.from(excluded(first + i)).sort());
    const excludedPtr = new Uint32Array(nUsers + 1);
    lists.forEach((list, i) => {
      excludedPtr[i + 1] = excludedPtr[i]! + list.length;
    });
    const memory = new DeviceMemory(device);
    try {
      const sizeBytes = nUsers * nSlices * count * 8;
      const { bindings, best, readback } = queue.guard(() => {
        const best = memory.storage(sizeBytes, 'best items');
        const excludedItems = memory.storage(4 * excludedPtr[nUsers]!, 'excluded items');
        lists.forEach((list, i) => {
          writeBuffer(device, excludedItems, list, 4 * excludedPtr[i]!);
        });
        return {
          bindings: [
            memory.uniform(Uint32Array.of(nUsers, this.#nItems, nSlices, count), 'search'),
            memory.upload(padded, 'users'),
            this.#items,
            memory.upload(excludedPtr, 'excluded'),
            excludedItems,
            best,
          ],
          best,
          readback: new Readback(device, sizeBytes),
        };
      });
      await queue.submit((encoder) => {
        const pass = encoder.beginComputePass();
        this.#kernel.encode(pass, bindings, nUsers * nSlices);
        pass.end();
        readback.copy(encoder, best, sizeBytes);
      });
      const scores = await queue.settled(readback.numbers());
      return mergeSlices(scores, nUsers, nSlices * count, count);
    } finally {
      memory.close();
    }
  }
}

/** The best of every user's slices: [nUsers × perUser] pairs of score and item. */
function mergeSlices(
  scores: Float32Array<ArrayBuffer>,
  nUsers: number,
  perUser: number,
  count: number,
): ScoredItem[][] {
  const items = new Uint32Array(scores.buffer);
  const heap = new BestK(count);
  return Array.from({ length: nUsers }, (_, user) => {
    for (let at = 2 * user * perUser; at < 2 * (user + 1) * perUser; at += 2) {
      if (items[at + 1] !== NONE) heap.offer(items[at + 1]!, scores[at]!);
    }
    return heap.take();
  });
}
