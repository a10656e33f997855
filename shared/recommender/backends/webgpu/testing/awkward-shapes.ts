/** Problems that kernels stumble over, drawn at random from a few numbers. */

import type { Csr } from '../../../interactions/interactions.ts';
import type { Problem } from '../../../training/compute-backend.ts';
import { seededRandom } from '../../../training/random-start.ts';
import { SEGMENT_ENTRIES } from '../row-blocks.ts';

export interface Shape {
  name: string;
  /** Entries of each user. Items are drawn with repetition, so that some pairs occur several times. */
  userLengths: readonly number[];
  nItems: number;
  nFactors: number;
  /** 0 for no all-pairs term. */
  alpha0: number;
  /** Confidences 0, 1 and 2, else 1 everywhere. */
  isWeighted: boolean;
}

export const SHAPES: readonly Shape[] = [
  {
    name: 'rows of many lengths, empty ones too',
    ...{ userLengths: [3, 0, 17, 1, 8, 40, 2, 9], nItems: 12, nFactors: 5, alpha0: 0.3, isWeighted: true },
  },
  {
    name: 'a heavy row among light ones',
    ...{ userLengths: [2 * SEGMENT_ENTRIES + 7, 1, 0, 30], nItems: 9, nFactors: 10, alpha0: 0, isWeighted: false },
  },
  {
    name: 'one item that has every entry',
    ...{ userLengths: [5, 1, 0, 9], nItems: 1, nFactors: 4, alpha0: 0.2, isWeighted: false },
  },
  { name: 'one user', userLengths: [6], nItems: 4, nFactors: 1, alpha0: 0, isWeighted: true },
  { name: 'nobody has anything', userLengths: [0, 0], nItems: 3, nFactors: 8, alpha0: 0.5, isWeighted: false },
  {
    name: '64 factors',
    ...{ userLengths: [70, 3, 0, 150, 1, 64, 20, 90], nItems: 30, nFactors: 64, alpha0: 0, isWeighted: false },
  },
  { name: '127 factors', userLengths: [150, 2], nItems: 20, nFactors: 127, alpha0: 0, isWeighted: false },
  { name: '128 factors', userLengths: [150, 2], nItems: 20, nFactors: 128, alpha0: 0.1, isWeighted: true },
];

/** More rows than a small binding holds, and a row with more entries than a submission takes. */
export const LARGE_SHAPE: Shape = {
  name: 'more than a buffer or a submission holds',
  userLengths: Array.from({ length: 1300 }, (_, user) => (user === 700 ? 5000 : user % 5)),
  nItems: 3000,
  nFactors: 5,
  alpha0: 0.1,
  isWeighted: true,
};

interface Entry {
  user: number;
  item: number;
  value: number;
  weight: number;
}

export function problemOfShape({ userLengths, nItems, nFactors, alpha0, isWeighted }: Shape): Problem {
  const random = seededRandom(11);
  const entries = userLengths.flatMap((length, user) =>
    Array.from(
      { length },
      (): Entry => ({
        user,
        item: Math.floor(nItems * random()),
        // Negative ones and zero too.
        value: Math.round(8 * random() - 3),
        weight: isWeighted ? Math.floor(3 * random()) : 1,
      }),
    ),
  );
  const nUsers = userLengths.length;
  const byUser = csr(entries, nUsers, nItems, (entry) => [entry.user, entry.item], isWeighted);
  const byItem = csr(entries, nItems, nUsers, (entry) => [entry.item, entry.user], isWeighted);
  return {
    interactions: { byUser, byItem },
    nFactors,
    objective:
      alpha0 > 0 || isWeighted
        ? { feedback: 'implicit', lambda: 0.1, alpha0, nu: 1 }
        : { feedback: 'explicit', lambda: 0.1 },
  };
}

function csr(
  entries: readonly Entry[],
  nRows: number,
  nCols: number,
  place: (entry: Entry) => [row: number, column: number],
  isWeighted: boolean,
): Csr {
  const sorted = entries.toSorted((a, b) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1]);
  const rowPtr = new Uint32Array(nRows + 1);
  for (const entry of sorted) rowPtr[place(entry)[0] + 1]!++;
  for (let r = 0; r < nRows; r++) rowPtr[r + 1]! += rowPtr[r]!;
  return {
    nRows,
    nCols,
    rowPtr,
    cols: Uint32Array.from(sorted, (entry) => place(entry)[1]),
    values: Float32Array.from(sorted, ({ value }) => value),
    weights: isWeighted ? Float32Array.from(sorted, ({ weight }) => weight) : null,
  };
}

/** Numbers that single precision holds exactly, so that only the kernels round. */
export function randomPoint(nRows: number, k: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: nRows * k }, () => Math.fround(2 * random() - 1));
}
