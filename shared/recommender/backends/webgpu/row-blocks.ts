import type { Csr } from '../../interactions/interactions.ts';
import type { Shard } from './vector-shards.ts';

/** Entries of one work item: enough to outweigh its cost, few enough that a heavy row does not hold up the others. */
export const SEGMENT_ENTRIES = 1024;
/** Numbers per segment and per sum: `struct Segment` and `struct SlotSum` in shaders/. */
export const SEGMENT_WORDS = 4;
export const SLOT_SUM_WORDS = 3;

/** Work items whose other side lies in one buffer. */
export interface Batch {
  other: Shard;
  /** [n_segments × 4] row in its buffer, first entry within the piece, entries, slot; longest first, so that neighbours are alike. */
  segments: Uint32Array<ArrayBuffer>;
}

/** Consecutive entries of a block: what is uploaded and submitted at a time. */
export interface Piece {
  /** Among the entries of the side. */
  firstEntry: number;
  nEntries: number;
  batches: Batch[];
  /** [n × 3] which slots are to be added to that of a row when all segments are done: target, first, count. */
  slotSums: Uint32Array<ArrayBuffer>;
}

/** Some rows of one side that are computed together. */
export interface RowBlock {
  /** The buffer of the rows' own factors. */
  own: Shard;
  /** Among the rows of the side. */
  firstRow: number;
  nRows: number;
  /** Slots for results: one per row, then one for every further segment of a piece. */
  nSlots: number;
  /** One, but for a row that is too heavy by itself. */
  pieces: Piece[];
}

export interface BlockLimits {
  /** At least 2. */
  maxSlots: number;
  /** Of a piece. */
  maxEntries: number;
}

interface Segment {
  other: Shard;
  first: number;
  length: number;
}

/**
 * Cuts the rows of a side into blocks whose results fit the scratch memory, and into pieces whose work is bounded, so
 * that a GPU that also draws the screen is free in between. A row is never cut between blocks, but a heavy one is cut
 * into pieces, which add up in its slot.
 */
export function rowBlocks(
  csr: Csr,
  shards: { own: readonly Shard[]; other: readonly Shard[] },
  limits: BlockLimits,
): RowBlock[] {
  const { maxSlots, maxEntries } = limits;
  const blocks: RowBlock[] = [];
  for (const own of shards.own) {
    const end = own.firstRow + own.nRows;
    let first = own.firstRow;
    let rows: Segment[][] = [];
    let nSlots = 0;
    const close = (): void => {
      if (rows.length > 0) blocks.push(rowBlock(csr, own, first, rows, limits));
      first += rows.length;
      rows = [];
      nSlots = 0;
    };
    for (let row = first; row < end; row++) {
      const segments = segmentsOf(csr, row, shards.other, Math.min(SEGMENT_ENTRIES, maxEntries));
      // A row without entries still has a slot.
      const more = Math.max(1, segments.length);
      if (nSlots + more > maxSlots || csr.rowPtr[row + 1]! - csr.rowPtr[first]! > maxEntries) close();
      rows.push(segments);
      nSlots += more;
    }
    close();
  }
  return blocks;
}

/** A row's entries by the buffer of the other side, in parts of about equal length. */
function segmentsOf(csr: Csr, row: number, others: readonly Shard[], maxLength: number): Segment[] {
  const segments: Segment[] = [];
  const end = csr.rowPtr[row + 1]!;
  let from = csr.rowPtr[row]!;
  for (const other of others) {
    const to = others.length === 1 ? end : firstAtLeast(csr.cols, from, end, other.firstRow + other.nRows);
    const n = Math.ceil((to - from) / maxLength);
    for (let i = 0; i < n; i++) {
      const first = from + Math.floor(((to - from) * i) / n);
      segments.push({ other, first, length: from + Math.floor(((to - from) * (i + 1)) / n) - first });
    }
    from = to;
  }
  return segments;
}

function rowBlock(csr: Csr, own: Shard, firstRow: number, rows: Segment[][], limits: BlockLimits): RowBlock {
  const builder = new PieceBuilder(rows.length, csr.rowPtr[firstRow]!, limits);
  rows.forEach((segments, r) => {
    segments.forEach((segment, i) => {
      builder.add(segment, firstRow + r - own.firstRow, r, i === 0);
    });
  });
  return { own, firstRow, nRows: rows.length, ...builder.finish() };
}

/** Lays out segments in pieces, and in slots that every piece uses anew. */
class PieceBuilder {
  readonly #nRows: number;
  readonly #limits: BlockLimits;
  readonly #pieces: Piece[] = [];
  #nSlots: number;
  #firstEntry: number;
  #endEntry: number;
  #nextSlot: number;
  /** Words of each segment, by the other side's buffer. */
  #batches = new Map<Shard, number[][]>();
  #slotSums: [target: number, first: number, count: number][] = [];

  constructor(nRows: number, firstEntry: number, limits: BlockLimits) {
    this.#nRows = nRows;
    this.#limits = limits;
    this.#nSlots = nRows;
    this.#nextSlot = nRows;
    this.#firstEntry = firstEntry;
    this.#endEntry = firstEntry;
  }

  /** @param isFirst of its row: it needs no slot beside that of the row */
  add({ other, first, length }: Segment, row: number, target: number, isFirst: boolean): void {
    const isFull = !isFirst && this.#nextSlot === this.#limits.maxSlots;
    if (isFull || first + length - this.#firstEntry > this.#limits.maxEntries) this.#close();
    const slot = isFirst ? target : this.#nextSlot++;
    this.#nSlots = Math.max(this.#nSlots, this.#nextSlot);
    const batch = this.#batches.get(other) ?? [];
    this.#batches.set(other, batch);
    batch.push([row, first - this.#firstEntry, length, slot]);
    if (!isFirst) {
      const last = this.#slotSums.at(-1);
      if (last?.[0] === target) last[2]++;
      else this.#slotSums.push([target, slot, 1]);
    }
    this.#endEntry = first + length;
  }

  finish(): { nSlots: number; pieces: Piece[] } {
    this.#close();
    return { nSlots: this.#nSlots, pieces: this.#pieces };
  }

  #close(): void {
    const batches = Array.from(this.#batches, ([other, segments]) => ({
      other,
      segments: Uint32Array.from(segments.sort((a, b) => b[2]! - a[2]! || a[3]! - b[3]!).flat()),
    }));
    this.#pieces.push({
      firstEntry: this.#firstEntry,
      nEntries: this.#endEntry - this.#firstEntry,
      batches,
      slotSums: Uint32Array.from(this.#slotSums.flat()),
    });
    this.#firstEntry = this.#endEntry;
    this.#nextSlot = this.#nRows;
    this.#batches = new Map();
    this.#slotSums = [];
  }
}

/** The first place in the ascending cols[from…end) whose column is not below `value`. */
function firstAtLeast(cols: Uint32Array, from: number, end: number, value: number): number {
  let [low, high] = [from, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cols[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
