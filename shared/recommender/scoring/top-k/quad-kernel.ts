/**
 * The innermost loops of the search: products of users with groups of four quads, packed as lanes.ts says.
 *
 * What they read lies in constant arrays of this module, and indices are masked. V8 then knows the arrays' lengths and
 * the range of every index, and drops the bounds checks (linear-algebra/strips.ts does the same): 3.3 G
 * multiplications a second, each for four items, on a Xeon where 2 × 4 is the fastest of the block shapes. Nothing is
 * left in the arrays from one search to the next, so that all indices of a thread share them.
 */
import { QUADS_PER_GROUP } from './indexed-items.ts';
import { allBelow, INTO_BITS, readLane } from './lanes.ts';

/** Users that are searched for together, so that a tile is used often while it is in the cache. */
export const USERS_PER_BLOCK = 192;
const TILE_AT = USERS_PER_BLOCK * 128;
/** Room for a block of users and for a tile, with 128 factors. A power of two, for the mask. */
const SIZE = 32_768;
const MASK = SIZE - 1;
const MEMORY = new Float64Array(SIZE + QUADS_PER_GROUP);

/** Products of two users with a group's four quads [2][4], each plus INTO_BITS; platforms are little-endian. */
const PRODUCTS = new Float64Array(2 * QUADS_PER_GROUP);
const BITS = new Int32Array(PRODUCTS.buffer);

/** Writes quantised coordinate f of the user in this slot. */
export function setUserCoordinate(slot: number, nRest: number, f: number, value: number): void {
  MEMORY[slot * nRest + f] = value;
}

/** Lays down the quads of a tile for `multiplyGroup`. */
export function loadTile(quads: Float64Array): void {
  MEMORY.set(quads, TILE_AT);
}

/** Products of the users in slots a and b with a group of the loaded tile, for the functions below: 0…3 are a's quads, 4…7 b's. */
export function multiplyGroup(a: number, b: number, group: number, nRest: number): void {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  let q = (TILE_AT + group * nRest * QUADS_PER_GROUP) | 0;
  const first = (a * nRest) | 0;
  const end = (first + nRest) | 0;
  const fromAToB = ((b - a) * nRest) | 0;
  for (let f = first; f < end; f = (f + 1) | 0, q = (q + 4) | 0) {
    const x = MEMORY[f & MASK]!;
    const y = MEMORY[(f + fromAToB) & MASK]!;
    const i = q & MASK;
    const q0 = MEMORY[i]!;
    const q1 = MEMORY[i + 1]!;
    const q2 = MEMORY[i + 2]!;
    const q3 = MEMORY[i + 3]!;
    a0 += x * q0;
    a1 += x * q1;
    a2 += x * q2;
    a3 += x * q3;
    b0 += y * q0;
    b1 += y * q1;
    b2 += y * q2;
    b3 += y * q3;
  }
  PRODUCTS[0] = a0 + INTO_BITS;
  PRODUCTS[1] = a1 + INTO_BITS;
  PRODUCTS[2] = a2 + INTO_BITS;
  PRODUCTS[3] = a3 + INTO_BITS;
  PRODUCTS[4] = b0 + INTO_BITS;
  PRODUCTS[5] = b1 + INTO_BITS;
  PRODUCTS[6] = b2 + INTO_BITS;
  PRODUCTS[7] = b3 + INTO_BITS;
}

/** Whether any product of four quads from this one on is at least y; one that is read as one less than it is may be missed. */
export function isGroupReaching(quad: number, y: number): boolean {
  const i = 2 * quad;
  return (
    (allBelow(BITS[i]!, BITS[i + 1]!, y) &
      allBelow(BITS[i + 2]!, BITS[i + 3]!, y) &
      allBelow(BITS[i + 4]!, BITS[i + 5]!, y) &
      allBelow(BITS[i + 6]!, BITS[i + 7]!, y)) >=
    0
  );
}

/** The same of one quad. */
export function isQuadReaching(quad: number, y: number): boolean {
  return allBelow(BITS[2 * quad]!, BITS[2 * quad + 1]!, y) >= 0;
}

/** The product in one lane of a quad, or one less. */
export function laneOfQuad(quad: number, lane: number): number {
  return readLane(BITS[2 * quad]!, BITS[2 * quad + 1]!, lane);
}
