import { createHash } from 'node:crypto';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';

/** SHA-256 of everything that training reads of a dataset, hexadecimal: two datasets with the same one are the same. */
export function dataFingerprint({ interactions, users, items }: Dataset): string {
  const { nRows, nCols, rowPtr, cols, values } = interactions.byUser;
  const hash = createHash('sha256').update(`${nRows} ${nCols}\n`);
  for (const part of [rowPtr, cols, values]) hash.update(part);
  for (const { ids } of [users, items]) for (const id of ids) hash.update(`${JSON.stringify(id)}\n`);
  return hash.digest('hex');
}
