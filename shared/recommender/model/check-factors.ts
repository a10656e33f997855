import type { Interactions } from '../interactions/interactions.ts';
import type { Factors } from '../training/compute-backend.ts';

/** @throws RangeError when factors are not those of a problem of this shape. */
export function checkFactors(
  { users, items }: Factors,
  { byUser, byItem, nFactors }: Interactions & { nFactors: number },
): void {
  if (users.length !== byUser.nRows * nFactors || items.length !== byItem.nRows * nFactors) {
    throw new RangeError(
      `factors of ${users.length} + ${items.length} numbers do not fit ${byUser.nRows} users and ${byItem.nRows} items with ${nFactors} factors each`,
    );
  }
}
