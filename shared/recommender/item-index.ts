import { BestK } from './best-k.ts';
import type { ScoredItem } from './scorer.ts';

/** Users whose scores are computed together, so that a tile of items is used several times while it is in the cache. */
const USERS_PER_BLOCK = 64;
/** Items in a tile: 64 × 64 factors in double precision fill a 32 KiB cache. */
const ITEMS_PER_TILE = 64;
/** What rounding may add to a score above ‖u‖·‖v‖, which pruning must not mistake for a difference. */
const BOUND_SLACK = 1 + 1e-9;

/**
 * Item factors prepared for exact top-K search. Items lie in descending order of their norms, so that a search ends
 * where ‖u‖·‖v‖ ≥ u·v (Cauchy-Schwarz) shows that no later item can get in. Groups of four items are interleaved by
 * factor, so that a 4 × 4 block of scores is computed in registers; no users × items matrix is ever held.
 */
export class ItemIndex {
  readonly #k: number;
  readonly #nItems: number;
  /** [nItems] item by position */
  readonly #order: Uint32Array;
  /** [nItems] norm by position, descending */
  readonly #norms: Float64Array;
  /** [ceil(nItems / 4)][k][4] */
  readonly #strips: Float64Array;
  /** [4 users][4 items] scores of one register block */
  readonly #scores = new Float64Array(16);

  constructor(itemFactors: Float32Array, nFactors: number) {
    const k = nFactors;
    const nItems = itemFactors.length / k;
    const norms = Float64Array.from({ length: nItems }, (_, i) => norm(itemFactors, i * k, k));
    this.#k = k;
    this.#nItems = nItems;
    this.#order = Uint32Array.from({ length: nItems }, (_, i) => i).sort((a, b) => norms[b]! - norms[a]! || a - b);
    this.#norms = Float64Array.from(this.#order, (item) => norms[item]!);
    this.#strips = new Float64Array(Math.ceil(nItems / 4) * 4 * k);
    for (let at = 0; at < nItems; at++) {
      const from = this.#order[at]! * k;
      const to = (at >> 2) * 4 * k + (at & 3);
      for (let f = 0; f < k; f++) this.#strips[to + 4 * f] = itemFactors[from + f]!;
    }
  }

  /**
   * The n best items of each user, best first.
   * @param users factors [nUsers × k]
   * @param excluded by user, the items that must not appear
   */
  search(users: Float64Array, n: number, excluded: (user: number) => ReadonlySet<number>): ScoredItem[][] {
    const nUsers = users.length / this.#k;
    const found: ScoredItem[][] = [];
    const heaps = Array.from({ length: Math.min(USERS_PER_BLOCK, nUsers) }, () => new BestK(Math.min(n, this.#nItems)));
    for (let first = 0; first < nUsers; first += USERS_PER_BLOCK) {
      const block = Array.from({ length: Math.min(USERS_PER_BLOCK, nUsers - first) }, (_, i): Search => {
        const at = (first + i) * this.#k;
        return { at, norm: norm(users, at, this.#k), best: heaps[i]!, excluded: excluded(first + i) };
      });
      this.#searchBlock(users, block);
      for (const { best } of block) found.push(best.take());
    }
    return found;
  }

  /** The n items nearest to factors [k] by cosine, without those excluded; items without factors are near to nothing. */
  nearest(direction: Float64Array, n: number, excluded: ReadonlySet<number>): ScoredItem[] {
    const best = new BestK(Math.min(n, this.#nItems));
    const length = norm(direction, 0, this.#k);
    for (let at = 0; at < this.#nItems; at++) {
      if (at % 4 === 0) scoreOneUser(this.#strips, at * this.#k, direction, 0, this.#k, this.#scores);
      const item = this.#order[at]!;
      const product = length * this.#norms[at]!;
      if (!excluded.has(item)) best.offer(item, product > 0 ? this.#scores[at % 4]! / product : 0);
    }
    return best.take();
  }

  #searchBlock(users: Float64Array, block: readonly Search[]): void {
    let open = block;
    for (let tile = 0; tile < this.#nItems; tile += ITEMS_PER_TILE) {
      const bound = BOUND_SLACK * this.#norms[tile]!;
      open = open.filter((search) => search.norm * bound >= search.best.threshold);
      if (open.length === 0) return;
      const tileEnd = Math.min(tile + ITEMS_PER_TILE, this.#nItems);
      let i = 0;
      for (; i + 4 <= open.length; i += 4) this.#scoreFour(users, open.slice(i, i + 4), tile, tileEnd);
      for (; i < open.length; i++) this.#scoreOne(users, open[i]!, tile, tileEnd);
    }
  }

  #scoreFour(users: Float64Array, group: readonly Search[], tile: number, tileEnd: number): void {
    const [a, b, c, d] = group as [Search, Search, Search, Search];
    for (let at = tile; at < tileEnd; at += 4) {
      scoreFourUsers(this.#strips, at * this.#k, users, a.at, b.at, c.at, d.at, this.#k, this.#scores);
      for (let u = 0; u < 4; u++) this.#offer(group[u]!, 4 * u, at, tileEnd);
    }
  }

  #scoreOne(users: Float64Array, search: Search, tile: number, tileEnd: number): void {
    for (let at = tile; at < tileEnd; at += 4) {
      scoreOneUser(this.#strips, at * this.#k, users, search.at, this.#k, this.#scores);
      this.#offer(search, 0, at, tileEnd);
    }
  }

  /** Few scores pass the threshold, so that only those are looked up among the excluded. */
  #offer({ best, excluded }: Search, scoresAt: number, at: number, end: number): void {
    for (let i = 0; i < 4 && at + i < end; i++) {
      const score = this.#scores[scoresAt + i]!;
      if (score < best.threshold) continue;
      const item = this.#order[at + i]!;
      if (!excluded.has(item)) best.offer(item, score);
    }
  }
}

/** One user's search under way. */
interface Search {
  /** Where the user's factors begin. */
  at: number;
  norm: number;
  best: BestK;
  excluded: ReadonlySet<number>;
}

function norm(v: ArrayLike<number>, at: number, k: number): number {
  let sum = 0;
  for (let f = at; f < at + k; f++) sum += v[f]! * v[f]!;
  return Math.sqrt(sum);
}

/** scores[0…3] ← the products of one user with a strip of four items. */
function scoreOneUser(
  strips: Float64Array,
  strip: number,
  users: Float64Array,
  at: number,
  k: number,
  scores: Float64Array,
): void {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let f = 0, v = strip; f < k; f++, v += 4) {
    const u = users[at + f]!;
    s0 += u * strips[v]!;
    s1 += u * strips[v + 1]!;
    s2 += u * strips[v + 2]!;
    s3 += u * strips[v + 3]!;
  }
  scores[0] = s0;
  scores[1] = s1;
  scores[2] = s2;
  scores[3] = s3;
}

/** scores[4·user + item] ← the products of four users with a strip of four items. */
function scoreFourUsers(
  strips: Float64Array,
  strip: number,
  users: Float64Array,
  a: number,
  b: number,
  c: number,
  d: number,
  k: number,
  scores: Float64Array,
): void {
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [c0, c1, c2, c3, d0, d1, d2, d3] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let f = 0, v = strip; f < k; f++, v += 4) {
    const v0 = strips[v]!;
    const v1 = strips[v + 1]!;
    const v2 = strips[v + 2]!;
    const v3 = strips[v + 3]!;
    let u = users[a + f]!;
    a0 += u * v0;
    a1 += u * v1;
    a2 += u * v2;
    a3 += u * v3;
    u = users[b + f]!;
    b0 += u * v0;
    b1 += u * v1;
    b2 += u * v2;
    b3 += u * v3;
    u = users[c + f]!;
    c0 += u * v0;
    c1 += u * v1;
    c2 += u * v2;
    c3 += u * v3;
    u = users[d + f]!;
    d0 += u * v0;
    d1 += u * v1;
    d2 += u * v2;
    d3 += u * v3;
  }
  scores[0] = a0;
  scores[1] = a1;
  scores[2] = a2;
  scores[3] = a3;
  scores[4] = b0;
  scores[5] = b1;
  scores[6] = b2;
  scores[7] = b3;
  scores[8] = c0;
  scores[9] = c1;
  scores[10] = c2;
  scores[11] = c3;
  scores[12] = d0;
  scores[13] = d1;
  scores[14] = d2;
  scores[15] = d3;
}
