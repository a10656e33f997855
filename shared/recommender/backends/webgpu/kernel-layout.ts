import { BASELINE } from './gpu-capabilities.ts';

/** Threads of a workgroup that every WebGPU device has; with 64 registers of tile each, more would find no room. */
const MAX_THREADS = 256;
/** Teams in a workgroup: with few factors a team is one thread, and more of them would only wait for the slowest row. */
const MAX_TEAMS = 64;
const MAX_PANEL = 32;
const VECTOR_BYTES = 16;
const TILE_VECTORS = 16;

/** How the k × k matrices of a factorization lie in 8×8 tiles, and how threads share them out. */
export interface KernelLayout {
  nFactors: number;
  /** Tiles along a side: k / 8, rounded up. */
  nTileRows: number;
  /** Numbers in a row of factors on the device; beyond k they are zero. */
  paddedFactors: number;
  /** Rows of normal equations that a workgroup builds at a time, and entries staged of each. */
  gramTeams: number;
  gramPanel: number;
  /** Rows that a workgroup solves at a time. */
  solveTeams: number;
  /** Normal equations of a row: the tiles of A's upper triangle, then b. */
  equationsBytes: number;
  /** A whole k × k matrix in tiles. */
  gramianBytes: number;
  rowBytes: number;
}

/**
 * @param sharedBytes shared memory that a workgroup may take: with more of it the teams stage more entries between barriers
 * @throws RangeError when there are more factors than the kernels hold in registers.
 */
export function kernelLayout(nFactors: number, sharedBytes: number = BASELINE.sharedBytes): KernelLayout {
  if (!(Number.isInteger(nFactors) && nFactors >= 1 && nFactors <= 128)) {
    throw new RangeError(`the number of factors is ${nFactors}, but must be a whole number from 1 to 128`);
  }
  const nTileRows = Math.ceil(nFactors / 8);
  const nTiles = (nTileRows * (nTileRows + 1)) / 2;
  const rowBytes = 32 * nTileRows;
  const teams = (bytesPerTeam: number): number =>
    Math.min(MAX_TEAMS, Math.floor(MAX_THREADS / nTiles), Math.floor(sharedBytes / bytesPerTeam));
  // An entry in shared memory: its factors, c and c·r.
  const entryBytes = rowBytes + 8;
  const gramTeams = teams(entryBytes);
  return {
    nFactors,
    nTileRows,
    paddedFactors: 8 * nTileRows,
    gramTeams,
    gramPanel: Math.min(MAX_PANEL, Math.floor(sharedBytes / (gramTeams * entryBytes))),
    // A row of tiles, the right-hand side, two numbers about each diagonal tile, two flags.
    solveTeams: teams(nTileRows * TILE_VECTORS * VECTOR_BYTES + rowBytes + 8 * nTileRows + 8),
    equationsBytes: nTiles * TILE_VECTORS * VECTOR_BYTES + rowBytes,
    gramianBytes: nTileRows ** 2 * TILE_VECTORS * VECTOR_BYTES,
    rowBytes,
  };
}

/** A [k × k] row-major out of the tiles of gramian.wgsl. */
export function untileGramian(tiles: Float32Array, { nFactors: k, nTileRows }: KernelLayout): Float64Array {
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const vector = 2 * (i % 8) + ((j % 8) >> 2);
      const tile = (i >> 3) * nTileRows + (j >> 3);
      out[i * k + j] = tiles[4 * (vector * nTileRows ** 2 + tile) + (j % 4)]!;
    }
  }
  return out;
}

/** Factors [n × k] row-major, in rows as wide as the kernels want them. */
export function paddedRows(
  factors: ArrayLike<number>,
  { nFactors, paddedFactors }: KernelLayout,
): Float32Array<ArrayBuffer> {
  const nRows = factors.length / nFactors;
  const out = new Float32Array(nRows * paddedFactors);
  for (let r = 0; r < nRows; r++) {
    for (let f = 0; f < nFactors; f++) out[r * paddedFactors + f] = factors[r * nFactors + f]!;
  }
  return out;
}
