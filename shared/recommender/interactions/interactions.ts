import type { IdMap } from './id-map.ts';

/** Compressed sparse rows: the entries of row r are at rowPtr[r] … rowPtr[r+1]−1. */
export interface Csr {
  readonly nRows: number;
  readonly nCols: number;
  /** [nRows + 1] */
  readonly rowPtr: Uint32Array;
  /** [nnz], ascending within a row. */
  readonly cols: Uint32Array;
  /** [nnz] rating r (explicit) or target (implicit, usually 1). */
  readonly values: Float32Array;
  /** [nnz] confidence c of each observed pair; null means 1 everywhere. */
  readonly weights: Float32Array | null;
}

/** Observed pairs, stored by user and by item. Users and items are dense indices; names live in the id maps beside it. */
export interface Interactions {
  readonly byUser: Csr;
  readonly byItem: Csr;
}

/** Interactions with the names of their users and items: what training reads. */
export interface Dataset {
  readonly interactions: Interactions;
  readonly users: IdMap;
  readonly items: IdMap;
}

/** Number of entries of row r. */
export function rowLength(csr: Csr, r: number): number {
  return csr.rowPtr[r + 1]! - csr.rowPtr[r]!;
}
