import { BestK } from '../best-k.ts';
import {
  GROUPS_PER_TILE,
  type IndexedItems,
  ITEMS_PER_GROUP,
  ITEMS_PER_TILE,
  QUADS_PER_GROUP,
  reflect,
  type Tile,
  vectorNorm,
} from './indexed-items.ts';
import { innerProduct } from './inner-product.ts';
import { LANE_LIMIT, laneLength, N_LANES } from './lanes.ts';
import {
  isGroupReaching,
  isQuadReaching,
  laneOfQuad,
  loadTile,
  multiplyGroup,
  setUserCoordinate,
  USERS_PER_BLOCK,
} from './quad-kernel.ts';

/** What rounding in double precision may add to a score, against ‖u‖·‖v‖: some hundred times what 128 additions can. */
const ROUNDING = 1e-12;

/** Items that must not be recommended. */
export interface Exclusion {
  has(item: number): boolean;
}

/** Whom to search for. */
export interface SearchedUsers {
  /** [nUsers × k] row-major */
  factors: Float32Array | Float64Array;
  /** By row of the factors. */
  excluded(user: number): Exclusion;
}

/**
 * Exact top-K search, a block of users at a time. A score is Σ u_f·v_f of the factors as they came, in one order of
 * summation, so that equal items have equal scores; of equal scores the lower item index wins. No users × items matrix
 * is ever held.
 */
export class ItemSearch {
  readonly #items: IndexedItems;
  readonly #block: Slot[] = [];
  readonly #reflected: Float64Array;

  constructor(items: IndexedItems) {
    this.#items = items;
    this.#reflected = new Float64Array(items.nFactors);
  }

  /**
   * Hands over the n best items of the users from…to−1; `found` empties the heap before the next user's turn.
   * @throws RangeError naming a user whose factors are not finite
   */
  search(users: SearchedUsers, from: number, to: number, n: number, found: (user: number, best: BestK) => void): void {
    const heaps = Array.from(
      { length: Math.min(USERS_PER_BLOCK, to - from) },
      () => new BestK(Math.min(n, this.#items.nItems)),
    );
    for (let first = from; first < to; first += USERS_PER_BLOCK) {
      const end = Math.min(to, first + USERS_PER_BLOCK);
      const block = this.#block;
      block.length = 0;
      for (let user = first; user < end; user++)
        block.push(this.#slot(users, user, user - first, heaps[user - first]!));
      if (n > 0) for (let t = 0; t < this.#items.tiles.length; t++) this.#searchTile(t);
      for (const { user, best } of block) found(user, best);
    }
  }

  #slot({ factors, excluded }: SearchedUsers, user: number, place: number, best: BestK): Slot {
    const { nFactors: k, mirror } = this.#items;
    const reflected = this.#reflected;
    const own = Float64Array.from(factors.subarray(user * k, (user + 1) * k));
    reflect(own, 0, mirror, reflected);
    const restNorm = vectorNorm(reflected, 1, k - 1);
    if (!Number.isFinite(restNorm + reflected[0]!))
      throw new RangeError(`the factors of user ${user} are not finite numbers`);
    const unit = restNorm > 0 ? restNorm / laneLength(k - 1) : 1;
    let lost = 0;
    for (let f = 0; f < k - 1; f++) {
      const quantised = Math.round(reflected[f + 1]! / unit);
      setUserCoordinate(place, k - 1, f, quantised);
      lost += (reflected[f + 1]! - quantised * unit) ** 2;
    }
    const roundingNorm = Math.sqrt(lost);
    return { user, place, own, lead: reflected[0]!, restNorm, unit, roundingNorm, best, excluded: excluded(user) };
  }

  #searchTile(t: number): void {
    const { tiles, quads, nFactors } = this.#items;
    const tile = tiles[t]!;
    const open = this.#block.filter((slot) => bound(slot, tile) >= slot.best.threshold);
    if (open.length === 0) return;
    const length = (ITEMS_PER_TILE / N_LANES) * (nFactors - 1);
    loadTile(quads.subarray(t * length, (t + 1) * length));
    for (let i = 0; i < open.length; i += 2) {
      const a = new TileSearch(open[i]!, tile);
      const b = i + 1 < open.length ? new TileSearch(open[i + 1]!, tile) : null;
      this.#searchForTwo(a, b, t);
    }
  }

  #searchForTwo(a: TileSearch, b: TileSearch | null, t: number): void {
    const { nItems, nFactors, leads, reaches } = this.#items;
    const placeA = a.slot.place;
    const placeB = b === null ? placeA : b.slot.place;
    for (let g = 0; g < GROUPS_PER_TILE; g++) {
      const at = t * ITEMS_PER_TILE + g * ITEMS_PER_GROUP;
      if (at >= nItems) return;
      const last = Math.min(at + ITEMS_PER_GROUP, nItems) - 1;
      const reach = reaches[t * GROUPS_PER_TILE + g]! + 1;
      const wantedA = a.wanted(leads[at]!, leads[last]!);
      const wantedB = b === null ? Infinity : b.wanted(leads[at]!, leads[last]!);
      if (wantedA > reach && wantedB > reach) continue;
      multiplyGroup(placeA, placeB, g, nFactors - 1);
      if (wantedA <= reach) this.#offerGroup(a, 0, at, last, wantedA);
      if (b !== null && wantedB <= reach) this.#offerGroup(b, QUADS_PER_GROUP, at, last, wantedB);
    }
  }

  #offerGroup(search: TileSearch, firstQuad: number, at: number, last: number, wanted: number): void {
    // A lane is read as itself or as one less.
    const least = Math.max(-2 * LANE_LIMIT, Math.floor(wanted) - 1) | 0;
    if (!isGroupReaching(firstQuad, least)) return;
    for (let q = 0; q < QUADS_PER_GROUP; q++) {
      if (isQuadReaching(firstQuad + q, least)) this.#offerQuad(search, firstQuad + q, at + q * N_LANES, last);
    }
  }

  #offerQuad(search: TileSearch, quad: number, at: number, last: number): void {
    const { order, leads, factors, nFactors } = this.#items;
    const { own, best, excluded } = search.slot;
    for (let lane = 0; lane < N_LANES && at + lane <= last; lane++) {
      const lead = leads[at + lane]!;
      if (laneOfQuad(quad, lane) + 1 < search.wanted(lead, lead)) continue;
      const item = order[at + lane]!;
      const score = innerProduct(own, factors, item * nFactors, nFactors);
      if (score < best.threshold || excluded.has(item)) continue;
      best.offer(item, score);
      search.update();
    }
  }
}

/** A user of the block. */
interface Slot {
  readonly user: number;
  readonly place: number;
  readonly own: Float64Array;
  readonly lead: number;
  readonly restNorm: number;
  readonly unit: number;
  readonly roundingNorm: number;
  readonly best: BestK;
  readonly excluded: Exclusion;
}

/** No score of the tile is greater. */
function bound({ lead, restNorm }: Slot, tile: Tile): number {
  const most = Math.max(lead * tile.greatestLead, lead * tile.leastLead);
  const rest = restNorm * tile.restNorm;
  return most + rest + ROUNDING * (Math.abs(most) + rest);
}

/** What one user wants of one tile, in units of the product of their quantised rests. */
class TileSearch {
  readonly slot: Slot;
  readonly #lead: number;
  readonly #unit: number;
  readonly #margin: number;
  #threshold = 0;

  constructor(slot: Slot, tile: Tile) {
    this.slot = slot;
    this.#unit = slot.unit * tile.unit;
    this.#lead = slot.lead / this.#unit;
    const greatest = Math.abs(slot.lead) * Math.max(Math.abs(tile.greatestLead), Math.abs(tile.leastLead));
    // u·v − ũ·ṽ = u·(v − ṽ) + (u − ũ)·ṽ
    this.#margin =
      slot.restNorm * tile.roundingNorm +
      slot.roundingNorm * (tile.restNorm + tile.roundingNorm) +
      ROUNDING * (greatest + slot.restNorm * tile.restNorm);
    this.update();
  }

  /** After the user's threshold has risen. */
  update(): void {
    this.#threshold = (this.slot.best.threshold - this.#margin) / this.#unit;
  }

  /** The least product of rests with which an item can get in whose lead lies between these two. */
  wanted(greatestLead: number, leastLead: number): number {
    return this.#threshold - Math.max(this.#lead * greatestLead, this.#lead * leastLead);
  }
}
