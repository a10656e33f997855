import type { Interactions } from '../../interactions/interactions.ts';

/** The users' half of a problem, or the items'. */
export type Side = 'users' | 'items';

/** Rows of one side whose factors lie in one buffer. */
export interface Shard {
  /** Of the buffer in a vector. */
  index: number;
  /** Among the rows of the side. */
  firstRow: number;
  nRows: number;
}

/** How a vector is spread over buffers: users first, then items, and several for a side that is too large for one binding. */
export interface VectorShards {
  users: readonly Shard[];
  items: readonly Shard[];
  all: readonly Shard[];
  /** Of all buffers together. */
  sizeBytes: number;
}

/** One point on the device, a buffer per shard. */
export type DeviceVector = readonly GPUBuffer[];

/** @param rowBytes of the factors of one row; @param bindingBytes the largest buffer */
export function vectorShards(
  { byUser, byItem }: Interactions,
  { rowBytes, bindingBytes }: { rowBytes: number; bindingBytes: number },
): VectorShards {
  const users = shards(byUser.nRows, 0, Math.floor(bindingBytes / rowBytes));
  const items = shards(byItem.nRows, users.length, Math.floor(bindingBytes / rowBytes));
  return { users, items, all: [...users, ...items], sizeBytes: (byUser.nRows + byItem.nRows) * rowBytes };
}

/** As few as possible, of equal size. */
export function shards(nRows: number, firstIndex: number, maxRows: number): Shard[] {
  const n = Math.ceil(nRows / maxRows);
  return Array.from({ length: n }, (_, i) => {
    const firstRow = Math.floor((nRows * i) / n);
    return { index: firstIndex + i, firstRow, nRows: Math.floor((nRows * (i + 1)) / n) - firstRow };
  });
}
