import { type Interactions, rowLength } from './interactions.ts';

/** Items by the number of users who have them, most first; equal ones by index. The baseline, and the answer for users that the model does not know. */
export function popularItems({ byItem }: Interactions): Uint32Array {
  return Uint32Array.from({ length: byItem.nRows }, (_, item) => item).sort(
    (a, b) => rowLength(byItem, b) - rowLength(byItem, a) || a - b,
  );
}
