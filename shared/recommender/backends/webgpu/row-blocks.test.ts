import { describe, expect, test } from 'vitest';
import type { Csr } from '../../interactions.ts';
import { type RowBlock, rowBlocks, SEGMENT_ENTRIES } from './row-blocks.ts';

const ROOMY = { firstVectorRow: 0, maxSlots: 1000, maxEntries: 1e9 };

describe('row blocks', () => {
  test('cover every entry once, by segments of bounded length, longest first', () => {
    const lengths = [3, 0, 2 * SEGMENT_ENTRIES + 1, 7, SEGMENT_ENTRIES];
    const [block, ...others] = rowBlocks(csr(lengths), ROOMY);
    expect(others).toEqual([]);
    const segments = segmentsOf(block!);
    expect(segments.map(({ n }) => n)).toEqual(segments.map(({ n }) => n).sort((a, b) => b - a));
    expect(Math.max(...segments.map(({ n }) => n))).toBeLessThanOrEqual(SEGMENT_ENTRIES);
    expect(entriesByRow(block!)).toEqual(new Map(lengths.flatMap((n, row) => (n > 0 ? [[row, n]] : []))));
  });

  test('each row has the slot of its place; further segments have slots of their own, which are added to it', () => {
    const [block] = rowBlocks(csr([1, 3 * SEGMENT_ENTRIES]), ROOMY);
    expect(block!.nSlots).toBe(4);
    expect(
      segmentsOf(block!)
        .map(({ slot }) => slot)
        .sort(),
    ).toEqual([0, 1, 2, 3]);
    expect([...block!.slotSums]).toEqual([1, 2, 2]);
  });

  test('are cut where slots or entries run out, and a row is never cut between them', () => {
    const blocks = rowBlocks(csr([5, 5, 5, 50, 5]), { firstVectorRow: 10, maxSlots: 2, maxEntries: 12 });
    expect(blocks.map(({ firstRow, nRows, nEntries }) => [firstRow, nRows, nEntries])).toEqual([
      [0, 2, 10],
      [2, 1, 5],
      [3, 1, 50],
      [4, 1, 5],
    ]);
    expect(segmentsOf(blocks[3]!)).toEqual([{ row: 14, first: 0, n: 5, slot: 0 }]);
  });

  test('a row too heavy for all slots gets longer segments', () => {
    const [block] = rowBlocks(csr([10 * SEGMENT_ENTRIES]), { ...ROOMY, maxSlots: 4 });
    expect(block!.nSlots).toBe(4);
    expect(segmentsOf(block!).map(({ n }) => n)).toEqual([2560, 2560, 2560, 2560]);
  });
});

function csr(lengths: readonly number[]): Csr {
  const rowPtr = Uint32Array.of(0, ...lengths.map((_, r) => lengths.slice(0, r + 1).reduce((sum, n) => sum + n, 0)));
  const nnz = rowPtr.at(-1)!;
  return {
    nRows: lengths.length,
    nCols: 1,
    rowPtr,
    cols: new Uint32Array(nnz),
    values: new Float32Array(nnz),
    weights: null,
  };
}

function segmentsOf({ segments }: RowBlock): { row: number; first: number; n: number; slot: number }[] {
  return Array.from({ length: segments.length / 4 }, (_, i) => {
    const [row = 0, first = 0, n = 0, slot = 0] = segments.subarray(4 * i);
    return { row, first, n, slot };
  });
}

function entriesByRow(block: RowBlock): Map<number, number> {
  const entries = new Map<number, number>();
  for (const { row, n } of segmentsOf(block).sort((a, b) => a.row - b.row)) {
    entries.set(row, (entries.get(row) ?? 0) + n);
  }
  return entries;
}
