import { shareableBytes } from '../../threads/shared-memory.ts';
import { LANE_UNITS, laneLength, N_LANES } from './lanes.ts';

/** Quads (of four items) whose products with a user are computed together. */
export const QUADS_PER_GROUP = 4;
export const ITEMS_PER_GROUP = QUADS_PER_GROUP * N_LANES;
export const GROUPS_PER_TILE = 8;
/** Items that are passed over together, and quantised alike: 16 KiB of quads with 64 factors, for a first-level cache. */
export const ITEMS_PER_TILE = GROUPS_PER_TILE * ITEMS_PER_GROUP;
/** A mean as near to the axis as rounding can tell. */
const ALIGNED = 1e-8;

/**
 * Item factors prepared for exact top-K search, in arrays that threads can share.
 *
 * Items lie in tiles, in descending order of their norms. All vectors are mirrored so that the first coordinate, the
 * *lead*, lies along the items' mean: it holds what all items have in common, is most of a score, and is kept as it is;
 * by it the items of a tile are sorted. The other coordinates, the *rest*, are quantised, with one unit per tile, and
 * packed four items to a number (lanes.ts). Both together, and how much rounding can have changed, give an upper bound
 * of every score at a quarter of its cost, near enough that only some hundred items per user are scored in full.
 */
export interface IndexedItems {
  readonly nItems: number;
  readonly nFactors: number;
  /** [nItems × k] as they came */
  readonly factors: Float32Array;
  /** [k] unit vector x of the reflection v − 2(x·v)x; zeros for none */
  readonly mirror: Float64Array;
  /** [nItems] item by position */
  readonly order: Uint32Array;
  /** [nItems] lead by position */
  readonly leads: Float64Array;
  /** [nTiles × GROUPS_PER_TILE][k − 1][4] */
  readonly quads: Float64Array;
  /** [nTiles × GROUPS_PER_TILE] what no product of a group's rest with a user's exceeds, in units of both */
  readonly reaches: Float64Array;
  /** [nTiles] */
  readonly tiles: readonly Tile[];
}

/** What bounds the scores of a tile's items. */
export interface Tile {
  readonly greatestLead: number;
  readonly leastLead: number;
  /** Greatest norm of a rest. */
  readonly restNorm: number;
  /** Rest = quantised rest × unit, but for rounding. */
  readonly unit: number;
  /** Greatest norm of what rounding took from a rest. */
  readonly roundingNorm: number;
}

/**
 * Prepares items, with one pass over their factors and a sort.
 * @param factors [nItems × k] row-major
 * @throws RangeError naming an item whose factors are not finite
 */
export function indexItems(factors: Float32Array, nFactors: number): IndexedItems {
  const nItems = factors.length / nFactors;
  const norms = itemNorms(factors, nItems, nFactors);
  const order = new Uint32Array(shareableBytes(4 * nItems));
  for (let i = 0; i < nItems; i++) order[i] = i;
  order.sort((a, b) => norms[b]! - norms[a]! || a - b);
  const nTiles = Math.ceil(nItems / ITEMS_PER_TILE);
  const nGroups = nTiles * GROUPS_PER_TILE;
  const items = {
    nItems,
    nFactors,
    factors,
    mirror: mirrorOf(factors, nFactors),
    order,
    leads: new Float64Array(shareableBytes(8 * nItems)),
    quads: new Float64Array(shareableBytes(8 * nGroups * (nFactors - 1) * QUADS_PER_GROUP)),
    reaches: new Float64Array(shareableBytes(8 * nGroups)),
  };
  const reflected = new Float64Array(ITEMS_PER_TILE * nFactors);
  return { ...items, tiles: Array.from({ length: nTiles }, (_, t) => packTile(items, t, reflected)) };
}

function itemNorms(factors: Float32Array, nItems: number, k: number): Float64Array {
  return Float64Array.from({ length: nItems }, (_, item) => {
    const norm = vectorNorm(factors, item * k, k);
    if (!Number.isFinite(norm)) throw new RangeError(`the factors of item ${item} are not finite numbers`);
    return norm;
  });
}

/** x ∝ m − e₀, m the direction of the items' mean and e₀ the first axis: the reflection that exchanges the two (Householder). */
function mirrorOf(factors: Float32Array, k: number): Float64Array {
  const mirror = new Float64Array(shareableBytes(8 * k));
  for (let at = 0; at < factors.length; at += k) {
    for (let f = 0; f < k; f++) mirror[f]! += factors[at + f]!;
  }
  const length = vectorNorm(mirror, 0, k);
  if (length === 0) return mirror;
  for (let f = 0; f < k; f++) mirror[f]! /= length;
  mirror[0]! -= 1;
  const distance = vectorNorm(mirror, 0, k);
  for (let f = 0; f < k; f++) mirror[f] = distance < ALIGNED ? 0 : mirror[f]! / distance;
  return mirror;
}

/** Sorts the items of tile t by their leads, and writes everything about them. */
function packTile(items: Omit<IndexedItems, 'tiles'>, t: number, reflected: Float64Array): Tile {
  const { nItems, nFactors: k, factors, mirror, order, leads, reaches } = items;
  const first = t * ITEMS_PER_TILE;
  const end = Math.min(first + ITEMS_PER_TILE, nItems);
  const byLead = Array.from(order.subarray(first, end), (item, place) => {
    const own = reflected.subarray(place * k, (place + 1) * k);
    reflect(factors, item * k, mirror, own);
    return { item, own, restNorm: vectorNorm(own, 1, k - 1) };
  }).sort((a, b) => b.own[0]! - a.own[0]! || a.item - b.item);
  const restNorm = Math.max(...byLead.map((one) => one.restNorm));
  const unit = restNorm > 0 ? restNorm / laneLength(k - 1) : 1;
  let roundingNorm = 0;
  byLead.forEach(({ item, own, restNorm: norm }, place) => {
    order[first + place] = item;
    leads[first + place] = own[0]!;
    const group = Math.floor((first + place) / ITEMS_PER_GROUP);
    reaches[group] = Math.max(reaches[group]!, (norm / unit) * laneLength(k - 1));
    roundingNorm = Math.max(roundingNorm, packItem(items, own, first + place, unit));
  });
  return { greatestLead: leads[first]!, leastLead: leads[end - 1]!, restNorm, unit, roundingNorm };
}

/** @returns the norm of what rounding took from the rest */
function packItem(
  { quads, nFactors }: Omit<IndexedItems, 'tiles'>,
  own: Float64Array,
  at: number,
  unit: number,
): number {
  const nRest = nFactors - 1;
  const group = Math.floor(at / ITEMS_PER_GROUP);
  const quad = Math.floor((at % ITEMS_PER_GROUP) / N_LANES);
  const laneUnit = LANE_UNITS[at % N_LANES]!;
  let lost = 0;
  for (let f = 0; f < nRest; f++) {
    const quantised = Math.round(own[f + 1]! / unit);
    quads[(group * nRest + f) * QUADS_PER_GROUP + quad]! += quantised * laneUnit;
    lost += (own[f + 1]! - quantised * unit) ** 2;
  }
  return Math.sqrt(lost);
}

/** out[0…k−1] ← the reflection of v[at…]. */
export function reflect(v: Float32Array | Float64Array, at: number, mirror: Float64Array, out: Float64Array): void {
  const k = mirror.length;
  let product = 0;
  for (let f = 0; f < k; f++) product += mirror[f]! * v[at + f]!;
  for (let f = 0; f < k; f++) out[f] = v[at + f]! - 2 * product * mirror[f]!;
}

/** √Σ v_f² over n numbers from `at`. */
export function vectorNorm(v: Float32Array | Float64Array, at: number, n: number): number {
  let sum = 0;
  for (let f = at; f < at + n; f++) sum += v[f]! * v[f]!;
  return Math.sqrt(sum);
}
