/**
 * Four small integers in one double, so that one multiplication serves four items: Σ_l s_l·2^(13·l) with |s_l| < 2¹² is
 * an integer below 2⁵³, and doubles add such numbers, and multiply them by integers, exactly. JavaScript has no SIMD;
 * this comes near.
 *
 * Vectors are scaled to a length of `laneLength` before they are rounded, so that by Cauchy and Schwarz no inner product
 * of two of them leaves its lane.
 */

export const N_LANES = 4;
const LANE_BITS = 13;
/** Inner products in a lane are smaller than this in size. */
export const LANE_LIMIT = 2 ** (LANE_BITS - 1);
/** What a one in each lane is worth. */
export const LANE_UNITS: readonly number[] = [0, 1, 2, 3].map((lane) => 2 ** (LANE_BITS * lane));
/**
 * Added to a number with four lanes, it puts the number's bits into the low 52 bits of the double, as two's complement
 * but for the topmost bit.
 */
export const INTO_BITS = 1.5 * 2 ** 52;

/** The length to which vectors of this many dimensions are scaled before they are rounded; rounding adds up to ½√n. */
export function laneLength(nDimensions: number): number {
  return Math.sqrt(LANE_LIMIT - 1) - Math.sqrt(nDimensions) / 2;
}

/**
 * Negative when all four lanes of a number to which INTO_BITS was added are below y, given the two words of its bits:
 * one branch instead of four. The upper three lanes may be read as one less than they are, where a lower one is negative.
 */
export function allBelow(low: number, high: number, y: number): number {
  return (
    (((low << 19) >> 19) - y) &
    (((low << 6) >> 19) - y) &
    ((((high << 25) >> 19) | (low >>> 26)) - y) &
    (((high << 12) >>> 19) - LANE_LIMIT - y)
  );
}

/** One lane of such a number, or one less. */
export function readLane(low: number, high: number, lane: number): number {
  if (lane === 0) return (low << 19) >> 19;
  if (lane === 1) return (low << 6) >> 19;
  if (lane === 2) return ((high << 25) >> 19) | (low >>> 26);
  return ((high << 12) >>> 19) - LANE_LIMIT;
}
