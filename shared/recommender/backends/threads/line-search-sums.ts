import { stripWidth } from '../../linear-algebra/strips.ts';
import { combineGramians } from '../../training/all-pairs-quartic.ts';
import type { QuarticCoefficients } from '../../training/quartic.ts';
import { N_LINE_SEARCH_SUMS } from './line-search-pass.ts';
import { N_GRAMIAN_BLOCKS, type SpaceLaneSetup } from './space-lane.ts';

/** The quartic out of the partial sums that the lanes have left, added up in the order of the blocks. */
export function lineSearchCoefficients(setup: SpaceLaneSetup): QuarticCoefficients {
  const { partialSums, userBlocks, itemBlocks, alpha0 } = setup;
  const sums = new Float64Array(N_LINE_SEARCH_SUMS);
  const n = N_LINE_SEARCH_SUMS * (userBlocks.length + itemBlocks.length - 2);
  for (let i = 0; i < n; i++) sums[i % N_LINE_SEARCH_SUMS]! += partialSums[i]!;
  const [ee = 0, es = 0, sset = 0, st = 0, tt = 0, xx = 0, xp = 0, pp = 0] = sums;
  const observed = { c0: ee + xx, c1: 2 * (es + xp), c2: sset + pp, c3: 2 * st, c4: tt };
  if (alpha0 === 0) return observed;
  const pairs = allPairs(setup);
  return {
    c0: observed.c0 + alpha0 * pairs.c0,
    c1: observed.c1 + alpha0 * pairs.c1,
    c2: observed.c2 + alpha0 * pairs.c2,
    c3: observed.c3 + alpha0 * pairs.c3,
    c4: observed.c4 + alpha0 * pairs.c4,
  };
}

function allPairs({ partialGramians, nFactors }: SpaceLaneSetup): QuarticCoefficients {
  const size = stripWidth(nFactors) ** 2;
  const total = (side: number, place: number): Float64Array => {
    const sum = new Float64Array(size);
    for (let block = 0; block < N_GRAMIAN_BLOCKS; block++) {
      const at = (3 * (side * N_GRAMIAN_BLOCKS + block) + place) * size;
      for (let i = 0; i < size; i++) sum[i]! += partialGramians[at + i]!;
    }
    return sum;
  };
  return combineGramians(
    {
      uu: rowMajor(total(0, 0), nFactors, true),
      pp: rowMajor(total(0, 1), nFactors, true),
      up: rowMajor(total(0, 2), nFactors, false),
      vv: rowMajor(total(1, 0), nFactors, true),
      qq: rowMajor(total(1, 1), nFactors, true),
      vq: rowMajor(total(1, 2), nFactors, false),
    },
    nFactors,
  );
}

/** [k × k] row-major out of strips (strips.ts), of which a symmetric matrix has only the lower triangle. */
function rowMajor(strips: Float64Array, k: number, isSymmetric: boolean): Float64Array {
  const width = stripWidth(k);
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const [row, col] = isSymmetric && j > i ? [j, i] : [i, j];
      out[i * k + j] = strips[((row >> 2) * width + col) * 4 + (row & 3)]!;
    }
  }
  return out;
}
