import type { Csr } from '../../interactions.ts';

/** Entries of one work item: enough to outweigh its cost, few enough that a heavy row does not hold up the others. */
export const SEGMENT_ENTRIES = 1024;
/** Numbers per segment and per sum: `struct Segment` and `struct SlotSum` in shaders/. */
export const SEGMENT_WORDS = 4;
export const SLOT_SUM_WORDS = 3;

/** Some rows of one side that are computed together. */
export interface RowBlock {
  /** Among the rows of the side, as are the entries below. */
  firstRow: number;
  nRows: number;
  firstEntry: number;
  nEntries: number;
  /** Slots for results: one per row, then one for every further segment of a heavy row. */
  nSlots: number;
  /** [n_segments × 4] row of a vector, first entry within the block, entries, slot; longest first, so that neighbours are alike. */
  segments: Uint32Array<ArrayBuffer>;
  /** [n_heavy_rows × 3] which slots are to be added to that of the row: target, first, count. */
  slotSums: Uint32Array<ArrayBuffer>;
}

export interface BlockLimits {
  /** Where the side begins in a vector, rows. */
  firstVectorRow: number;
  maxSlots: number;
  maxEntries: number;
}

/**
 * Cuts the rows of a side into blocks whose results fit the scratch memory and whose work is bounded, so that a GPU that
 * also draws the screen is free in between. A row is never cut between blocks: one that is too heavy has a block of its own.
 */
export function rowBlocks(csr: Csr, { firstVectorRow, maxSlots, maxEntries }: BlockLimits): RowBlock[] {
  const blocks: RowBlock[] = [];
  let first = 0;
  while (first < csr.nRows) {
    let end = first;
    let nSlots = 0;
    while (end < csr.nRows) {
      const more = nSegments(csr, end, maxSlots);
      const nEntries = csr.rowPtr[end + 1]! - csr.rowPtr[first]!;
      if (end > first && (nSlots + more > maxSlots || nEntries > maxEntries)) break;
      nSlots += more;
      end++;
    }
    blocks.push(rowBlock(csr, first, end, { nSlots, maxSlots, firstVectorRow }));
    first = end;
  }
  return blocks;
}

function rowBlock(
  csr: Csr,
  first: number,
  end: number,
  { nSlots, maxSlots, firstVectorRow }: { nSlots: number; maxSlots: number; firstVectorRow: number },
): RowBlock {
  const firstEntry = csr.rowPtr[first]!;
  const segments: number[][] = [];
  const slotSums: number[] = [];
  let nextSlot = end - first;
  for (let row = first; row < end; row++) {
    const [from, to] = [csr.rowPtr[row]!, csr.rowPtr[row + 1]!];
    const n = to > from ? nSegments(csr, row, maxSlots) : 0;
    if (n > 1) slotSums.push(row - first, nextSlot, n - 1);
    for (let i = 0; i < n; i++) {
      const begin = from + Math.floor(((to - from) * i) / n);
      const length = from + Math.floor(((to - from) * (i + 1)) / n) - begin;
      segments.push([firstVectorRow + row, begin - firstEntry, length, i === 0 ? row - first : nextSlot++]);
    }
  }
  segments.sort((a, b) => b[2]! - a[2]! || a[3]! - b[3]!);
  return {
    firstRow: first,
    nRows: end - first,
    firstEntry,
    nEntries: csr.rowPtr[end]! - firstEntry,
    nSlots,
    segments: Uint32Array.from(segments.flat()),
    slotSums: Uint32Array.from(slotSums),
  };
}

/** A row without entries still has a slot. One with very many gets longer segments rather than more slots than there are. */
function nSegments(csr: Csr, row: number, maxSlots: number): number {
  const length = csr.rowPtr[row + 1]! - csr.rowPtr[row]!;
  return Math.min(maxSlots, Math.max(1, Math.ceil(length / SEGMENT_ENTRIES)));
}
