import { shareableBytes } from '../threads/shared-memory.ts';
import type { Csr, Interactions } from './interactions.ts';
import type { Triples } from './triples.ts';

/**
 * What becomes of several triples of one user and item: `last` keeps the latest (by timestamp where there are
 * timestamps, else by position), as for a rating that was changed; `sum` adds them up, as for repeated purchases.
 */
export type DuplicateRule = 'last' | 'sum';

export interface Shape {
  nUsers: number;
  nItems: number;
}

/**
 * Compressed rows by user and by item. O(n + nUsers + nItems): two stable counting sorts, no comparisons.
 * @throws RangeError naming the first triple whose index is out of range or whose value is not finite.
 */
export function buildInteractions(triples: Triples, shape: Shape, duplicates: DuplicateRule): Interactions {
  checkTriples(triples, shape);
  const byItem = stableOrder(triples.items, shape.nItems, null);
  const order = stableOrder(triples.users, shape.nUsers, byItem);
  const byUser = mergedRows(triples, shape, order, duplicates);
  return { byUser, byItem: transpose(byUser) };
}

/** The same entries with rows and columns exchanged; columns ascend within each row. */
export function transpose(csr: Csr): Csr {
  const nnz = csr.cols.length;
  const rowPtr = new Uint32Array(shareableBytes(4 * (csr.nCols + 1)));
  const cols = new Uint32Array(shareableBytes(4 * nnz));
  const values = new Float32Array(shareableBytes(4 * nnz));
  const weights = csr.weights && new Float32Array(shareableBytes(4 * nnz));
  for (let e = 0; e < nnz; e++) rowPtr[csr.cols[e]! + 1]!++;
  for (let r = 0; r < csr.nCols; r++) rowPtr[r + 1]! += rowPtr[r]!;
  const next = rowPtr.slice(0, csr.nCols);
  for (let r = 0; r < csr.nRows; r++) {
    for (let e = csr.rowPtr[r]!; e < csr.rowPtr[r + 1]!; e++) {
      const at = next[csr.cols[e]!]!++;
      cols[at] = r;
      values[at] = csr.values[e]!;
      if (weights) weights[at] = csr.weights![e]!;
    }
  }
  return { nRows: csr.nCols, nCols: csr.nRows, rowPtr, cols, values, weights };
}

function checkTriples({ users, items, values, timestamps }: Triples, { nUsers, nItems }: Shape): void {
  const n = users.length;
  if (items.length !== n || values.length !== n || (timestamps !== null && timestamps.length !== n)) {
    throw new RangeError('users, items, values and timestamps must have the same length');
  }
  for (let t = 0; t < n; t++) {
    if (users[t]! >= nUsers) throw new RangeError(`triple ${t}: user ${users[t]} is outside 0…${nUsers - 1}`);
    if (items[t]! >= nItems) throw new RangeError(`triple ${t}: item ${items[t]} is outside 0…${nItems - 1}`);
    if (!Number.isFinite(values[t])) throw new RangeError(`triple ${t}: the value ${values[t]} is not finite`);
  }
}

/** Positions sorted by key, equal keys in the order of `positions` (null: 0…n−1). */
function stableOrder(keys: Uint32Array, nKeys: number, positions: Uint32Array | null): Uint32Array {
  const next = new Uint32Array(nKeys + 1);
  for (const key of keys) next[key + 1]!++;
  for (let key = 0; key < nKeys; key++) next[key + 1]! += next[key]!;
  const sorted = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const at = positions === null ? i : positions[i]!;
    sorted[next[keys[at]!]!++] = at;
  }
  return sorted;
}

function mergedRows(triples: Triples, shape: Shape, order: Uint32Array, duplicates: DuplicateRule): Csr {
  const { users, items, timestamps } = triples;
  const sameAsBefore = (i: number): boolean =>
    i > 0 && users[order[i]!] === users[order[i - 1]!] && items[order[i]!] === items[order[i - 1]!];
  let nnz = 0;
  for (let i = 0; i < order.length; i++) if (!sameAsBefore(i)) nnz++;

  const rowPtr = new Uint32Array(shareableBytes(4 * (shape.nUsers + 1)));
  const cols = new Uint32Array(shareableBytes(4 * nnz));
  const values = new Float32Array(shareableBytes(4 * nnz));
  let entry = -1;
  let value = 0;
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < order.length; i++) {
    const at = order[i]!;
    const timestamp = timestamps === null ? i : timestamps[at]!;
    if (!sameAsBefore(i)) {
      entry++;
      rowPtr[users[at]! + 1]!++;
      cols[entry] = items[at]!;
      value = 0;
      latest = Number.NEGATIVE_INFINITY;
    }
    if (duplicates === 'sum') value += triples.values[at]!;
    else if (timestamp >= latest) {
      value = triples.values[at]!;
      latest = timestamp;
    }
    values[entry] = value;
  }
  for (let r = 0; r < shape.nUsers; r++) rowPtr[r + 1]! += rowPtr[r]!;
  return { nRows: shape.nUsers, nCols: shape.nItems, rowPtr, cols, values, weights: null };
}
