import { BestK } from '../../scoring/best-k.ts';
import type { ScoredItem } from '../../scoring/scorer.ts';
import type { Bindings } from './bind-groups.ts';
import type { CommandQueue } from './command-queue.ts';
import { DeviceMemory, writeBuffer } from './device-memory.ts';
import type { GpuConnection } from './gpu-connection.ts';
import type { DeviceItems } from './gpu-fold-in.ts';
import { type KernelLayout, paddedRows } from './kernel-layout.ts';
import type { Kernel } from './kernels.ts';
import { Readback } from './readback.ts';

/** As many as top-k.wgsl keeps. */
export const MAX_K = 256;
/** Users of a submission, at most, and multiplications: bounded, so that the GPU can draw the screen in between. */
const MAX_USERS = 1024;
const MAX_PRODUCTS = 2 ** 33;
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
  readonly #items: DeviceItems;
  readonly #nItems: number;

  private constructor(gpu: GpuConnection, kernel: Kernel, layout: KernelLayout, items: DeviceItems) {
    this.#gpu = gpu;
    this.#kernel = kernel;
    this.#layout = layout;
    this.#items = items;
    this.#nItems = items.shards.reduce((sum, { nRows }) => sum + nRows, 0);
  }

  static async create(gpu: GpuConnection, layout: KernelLayout, items: DeviceItems): Promise<TopK> {
    const kernel = await gpu.kernels.get('top-k', { constants: { N_TILE_ROWS: layout.nTileRows } });
    return new TopK(gpu, kernel, layout, items);
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
    const productsPerUser = this.#nItems * this.#layout.paddedFactors;
    const usersAtATime = Math.max(1, Math.min(MAX_USERS, Math.floor(MAX_PRODUCTS / productsPerUser)));
    for (let first = 0; first < nUsers; first += usersAtATime) {
      const end = Math.min(first + usersAtATime, nUsers);
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
    const wantedSlices = Math.ceil(WANTED_GROUPS / nUsers);
    const padded = paddedRows(users.slice(first * nFactors, end * nFactors), this.#layout);
    const lists = Array.from({ length: nUsers }, (_, i) => Uint32Array.from(excluded(first + i)).sort());
    const excludedPtr = new Uint32Array(nUsers + 1);
    lists.forEach((list, i) => {
      excludedPtr[i + 1] = excludedPtr[i]! + list.length;
    });
    const memory = new DeviceMemory(this.#gpu);
    try {
      const { searches, readback } = queue.guard(() => {
        const excludedItems = memory.storage(4 * excludedPtr[nUsers]!, 'excluded items');
        lists.forEach((list, i) => {
          writeBuffer(device, excludedItems, list, 4 * excludedPtr[i]!);
        });
        const usersBuffer = memory.upload(padded, 'users');
        const excludedPtrBuffer = memory.upload(excludedPtr, 'where excluded items begin');
        const searches = this.#items.shards.map(({ firstRow, nRows }, i): ShardSearch => {
          const nSlices = Math.max(1, Math.min(wantedSlices, Math.floor(nRows / MIN_SLICE)));
          const best = memory.storage(nUsers * nSlices * count * 8, 'best items');
          const uniform = memory.uniform(Uint32Array.of(nUsers, firstRow, nRows, nSlices, count), 'search');
          const factors = this.#items.factors[i];
          return { nSlices, best, bindings: [uniform, usersBuffer, factors, excludedPtrBuffer, excludedItems, best] };
        });
        return {
          searches,
          readback: new Readback(
            device,
            searches.reduce((sum, { best }) => sum + best.size, 0),
          ),
        };
      });
      await queue.submit((encoder) => {
        const pass = encoder.beginComputePass();
        for (const { bindings, nSlices } of searches) this.#kernel.encode(pass, bindings, nUsers * nSlices);
        pass.end();
        for (const { best } of searches) readback.copy(encoder, best, best.size);
      });
      const found = await queue.settled(readback.numbers());
      return mergeLists(
        found,
        nUsers,
        searches.map(({ nSlices }) => nSlices * count),
        count,
      );
    } finally {
      memory.close();
    }
  }
}

/** A search among the items of one buffer. */
interface ShardSearch {
  nSlices: number;
  /** [user][slice][k] pairs of score and item. */
  best: GPUBuffer;
  bindings: Bindings;
}

/** The best of all lists of every user. @param perUser for each search, in their order, how many pairs it found for a user */
function mergeLists(
  scores: Float32Array<ArrayBuffer>,
  nUsers: number,
  perUser: readonly number[],
  count: number,
): ScoredItem[][] {
  const items = new Uint32Array(scores.buffer);
  const heap = new BestK(count);
  return Array.from({ length: nUsers }, (_, user) => {
    let first = 0;
    for (const n of perUser) {
      for (let at = first + user * n; at < first + (user + 1) * n; at++) {
        if (items[2 * at + 1] !== NONE) heap.offer(items[2 * at + 1]!, scores[2 * at]!);
      }
      first += nUsers * n;
    }
    return heap.take();
  });
}
