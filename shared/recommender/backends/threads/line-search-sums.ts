import { stripWidth, unpackStrips, unpackSymmetric } from '../../linear-algebra/strips.ts';
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
  const total = (side: 0 | 1, place: 0 | 1 | 2): Float64Array => {
    const sum = new Float64Array(size);
    for (let block = 0; block < N_GRAMIAN_BLOCKS; block++) {
      const at = (3 * (side * N_GRAMIAN_BLOCKS + block) + place) * size;
      for (let i = 0; i < size; i++) sum[i]! += partialGramians[at + i]!;
    }
    const out = new Float64Array(nFactors * nFactors);
    // GramianPass leaves XᵀX and PᵀP as lower triangles, and all of XᵀP.
    if (place < 2) unpackSymmetric(sum, nFactors, out);
    else unpackStrips(sum, nFactors, out);
    return out;
  };
  const [uu, pp, up] = [total(0, 0), total(0, 1), total(0, 2)];
  const [vv, qq, vq] = [total(1, 0), total(1, 1), total(1, 2)];
  return combineGramians({ uu, pp, up, vv, qq, vq }, nFactors);
}
