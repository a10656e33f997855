import { describe, expect, test } from 'vitest';
import type { Csr } from '../../interactions/interactions.ts';
import { type Piece, rowBlocks, SEGMENT_ENTRIES } from './row-blocks.ts';
import { type Shard, shards } from './vector-shards.ts';

const ROOMY = { maxSlots: 1000, maxEntries: 1e9 };

function oneBufferEach({ nRows, nCols }: Csr): { own: Shard[]; other: Shard[] } {
  return { own: shards(nRows, 0, nRows), other: shards(nCols, 1, nCols) };
}

describe('row blocks', () => {
  test('cover every entry once, by segments of bounded length, longest first', () => {
    const lengths = [3, 0, 2 * SEGMENT_ENTRIES + 1, 7, SEGMENT_ENTRIES];
    const ratings = csr(lengths);
    const [block, ...others] = rowBlocks(ratings, oneBufferEach(ratings), ROOMY);
    expect(others).toEqual([]);
    expect(block!.pieces).toHaveLength(1);
    const segments = segmentsOf(block!.pieces[0]!);
    expect(segments.map(({ n }) => n)).toEqual(segments.map(({ n }) => n).sort((a, b) => b - a));
    expect(Math.max(...segments.map(({ n }) => n))).toBeLessThanOrEqual(SEGMENT_ENTRIES);
    expect(entriesByRow(block!.pieces[0]!)).toEqual(new Map(lengths.flatMap((n, row) => (n > 0 ? [[row, n]] : []))));
  });

  test('each row has the slot of its place; further segments have slots of their own, which are added to it', () => {
    const ratings = csr([1, 3 * SEGMENT_ENTRIES]);
    const [block] = rowBlocks(ratings, oneBufferEach(ratings), ROOMY);
    expect(block!.nSlots).toBe(4);
    expect(
      segmentsOf(block!.pieces[0]!)
        .map(({ slot }) => slot)
        .sort(),
    ).toEqual([0, 1, 2, 3]);
    expect([...block!.pieces[0]!.slotSums]).toEqual([1, 2, 2]);
  });

  test('are cut where slots or entries run out, and a row is never cut between them', () => {
    const ratings = csr([5, 5, 5, 12, 5]);
    const blocks = rowBlocks(ratings, oneBufferEach(ratings), { maxSlots: 2, maxEntries: 12 });
    expect(blocks.map(({ firstRow, nRows, pieces }) => [firstRow, nRows, pieces.length])).toEqual([
      [0, 2, 1],
      [2, 1, 1],
      [3, 1, 1],
      [4, 1, 1],
    ]);
    expect(segmentsOf(blocks[2]!.pieces[0]!)).toEqual([{ row: 3, first: 0, n: 12, slot: 0 }]);
  });

  test('a row with more entries than a piece takes has several, each added to its one slot', () => {
    const ratings = csr([1, 50]);
    const [, heavy] = rowBlocks(ratings, oneBufferEach(ratings), { maxSlots: 9, maxEntries: 20 });
    expect(heavy!.pieces.map(({ firstEntry, nEntries }) => [firstEntry, nEntries])).toEqual([
      [1, 16],
      [17, 17],
      [34, 17],
    ]);
    expect(heavy!.pieces.map((piece) => segmentsOf(piece))).toEqual([
      [{ row: 1, first: 0, n: 16, slot: 0 }],
      [{ row: 1, first: 0, n: 17, slot: 1 }],
      [{ row: 1, first: 0, n: 17, slot: 1 }],
    ]);
    expect(heavy!.pieces.map(({ slotSums }) => [...slotSums])).toEqual([[], [0, 1, 1], [0, 1, 1]]);
    expect(heavy!.nSlots).toBe(2);
  });

  test('a row with more segments than there are slots has several pieces as well', () => {
    const ratings = csr([10 * SEGMENT_ENTRIES]);
    const [block] = rowBlocks(ratings, oneBufferEach(ratings), { ...ROOMY, maxSlots: 4 });
    expect(block!.nSlots).toBe(4);
    expect(block!.pieces.map((piece) => segmentsOf(piece).map(({ slot }) => slot))).toEqual([
      [0, 1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  test('a row whose other side lies in several buffers has a segment for each, and rows of two buffers are never together', () => {
    const ratings = csr([4, 4, 4], 10);
    const other = shards(10, 2, 4);
    const blocks = rowBlocks(ratings, { own: shards(3, 0, 2), other }, ROOMY);
    expect(blocks.map(({ own, firstRow, nRows }) => [own.index, firstRow, nRows])).toEqual([
      [0, 0, 1],
      [1, 1, 2],
    ]);
    // The columns are 0, 3, 6, 9 in each row; the buffers hold 3, 3 and 4 rows.
    const [piece] = blocks[1]!.pieces;
    expect(piece!.batches.map(({ other }) => other.index)).toEqual([2, 3, 4]);
    expect(piece!.batches.map(({ segments }) => [...segments])).toEqual([
      [0, 0, 1, 0, 1, 4, 1, 1],
      [0, 1, 1, 2, 1, 5, 1, 4],
      [0, 2, 2, 3, 1, 6, 2, 5],
    ]);
    expect([...piece!.slotSums]).toEqual([0, 2, 2, 1, 4, 2]);
  });

  test('rows without entries have blocks too, since they are solved: to nothing', () => {
    const ratings = csr([0, 0, 0]);
    const blocks = rowBlocks(ratings, oneBufferEach(ratings), { ...ROOMY, maxSlots: 2 });
    expect(blocks.map(({ nRows, pieces }) => [nRows, pieces.length])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });
});

/** Rows of these lengths, whose columns are spread over all there are. */
function csr(lengths: readonly number[], nCols = 1): Csr {
  const rowPtr = Uint32Array.of(0, ...lengths.map((_, r) => lengths.slice(0, r + 1).reduce((sum, n) => sum + n, 0)));
  const cols = lengths.flatMap((n) =>
    Array.from({ length: n }, (_, i) => (n < 2 ? 0 : Math.floor((i * (nCols - 1)) / (n - 1)))),
  );
  return {
    nRows: lengths.length,
    nCols,
    rowPtr,
    cols: Uint32Array.from(cols),
    values: new Float32Array(cols.length),
    weights: null,
  };
}

function segmentsOf({ batches }: Piece): { row: number; first: number; n: number; slot: number }[] {
  return batches.flatMap(({ segments }) =>
    Array.from({ length: segments.length / 4 }, (_, i) => {
      const [row = 0, first = 0, n = 0, slot = 0] = segments.subarray(4 * i);
      return { row, first, n, slot };
    }),
  );
}

function entriesByRow(piece: Piece): Map<number, number> {
  const entries = new Map<number, number>();
  for (const { row, n } of segmentsOf(piece).sort((a, b) => a.row - b.row)) {
    entries.set(row, (entries.get(row) ?? 0) + n);
  }
  return entries;
}
