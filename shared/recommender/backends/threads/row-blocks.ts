import type { Csr } from '../../interactions/interactions.ts';

/** Blocks per pass: enough that threads which take them one by one end together, few enough that taking costs nothing. */
const TARGET_BLOCKS = 128;

/**
 * Cuts rows into blocks of about equal work, since popular items and busy users have most of it: a row costs its
 * entries (the Gram matrix) and a constant (the factorization) that weighs about as much as k/3 entries.
 * Depends on the problem only, never on the number of threads: sums taken per block come out the same for any number.
 * @returns first rows of the blocks, ascending, with nRows at the end: [n_blocks + 1]
 */
export function balancedBlocks(csr: Csr, nFactors: number): Uint32Array {
  const rowCost = 1 + Math.ceil(nFactors / 3);
  const costBefore = (row: number): number => csr.rowPtr[row]! + row * rowCost;
  const target = costBefore(csr.nRows) / TARGET_BLOCKS;
  const starts = [0];
  for (let row = 1; row < csr.nRows; row++) {
    if (costBefore(row) >= starts.length * target && costBefore(row) > costBefore(starts.at(-1)!)) starts.push(row);
  }
  return Uint32Array.from([...starts, csr.nRows]);
}

/** The same for n things that cost the same. */
export function evenBlocks(n: number, nBlocks: number): Uint32Array {
  return Uint32Array.from({ length: nBlocks + 1 }, (_, i) => Math.round((i * n) / nBlocks));
}
