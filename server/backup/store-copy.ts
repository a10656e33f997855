import type { Manifest } from './manifest.ts';

/** A copy of the store as it was at one instant. */
export interface StoreCopy {
  /** Paths in the folder into which it was copied, with `/`. */
  files: string[];
  /** Rows by file and table. */
  rows: Manifest['rows'];
  /** Names of the model files that the store names. */
  modelFiles: Set<string>;
}
