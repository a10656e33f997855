import type { ScoredItem } from './scorer.ts';

/** The k best of many scored items: a binary heap with the worst kept item on top. Equal scores: the lower index wins. */
export class BestK {
  readonly #k: number;
  readonly #scores: Float64Array;
  readonly #items: Uint32Array;
  #nKept = 0;

  constructor(k: number) {
    this.#k = k;
    this.#scores = new Float64Array(k);
    this.#items = new Uint32Array(k);
  }

  /** A score below this cannot get in any more; −∞ until there are k. */
  get threshold(): number {
    return this.#nKept < this.#k ? Number.NEGATIVE_INFINITY : this.#scores[0]!;
  }

  offer(item: number, score: number): void {
    if (this.#nKept < this.#k) {
      this.#place(this.#nKept++, item, score, true);
    } else if (this.#k > 0 && isWorse(this.#scores[0]!, this.#items[0]!, score, item)) {
      this.#place(0, item, score, false);
    }
  }

  /** Best first; empties the heap. */
  take(): ScoredItem[] {
    const items = new Uint32Array(this.#nKept);
    const scores = new Float64Array(this.#nKept);
    this.takeInto(items, scores, 0);
    return Array.from(items, (item, i) => ({ item, score: scores[i]! }));
  }

  /** Writes items and scores from `at` on, best first, and empties the heap. @returns how many they are */
  takeInto(items: Uint32Array, scores: Float64Array, at: number): number {
    const nTaken = this.#nKept;
    while (this.#nKept > 0) {
      const worst = this.#nKept - 1;
      items[at + worst] = this.#items[0]!;
      scores[at + worst] = this.#scores[0]!;
      const [item, score] = [this.#items[worst]!, this.#scores[worst]!];
      this.#nKept = worst;
      if (worst > 0) this.#place(0, item, score, false);
    }
    return nTaken;
  }

  /** Puts an entry where the heap order wants it, starting from an empty place: upwards from a leaf or downwards from the top. */
  #place(hole: number, item: number, score: number, upwards: boolean): void {
    const [scores, items] = [this.#scores, this.#items];
    let at = hole;
    for (;;) {
      let other: number;
      if (upwards) {
        if (at === 0) break;
        other = (at - 1) >> 1;
        if (!isWorse(score, item, scores[other]!, items[other]!)) break;
      } else {
        other = 2 * at + 1;
        if (other >= this.#nKept) break;
        const sibling = other + 1;
        if (sibling < this.#nKept && isWorse(scores[sibling]!, items[sibling]!, scores[other]!, items[other]!)) {
          other = sibling;
        }
        if (!isWorse(scores[other]!, items[other]!, score, item)) break;
      }
      scores[at] = scores[other]!;
      items[at] = items[other]!;
      at = other;
    }
    scores[at] = score;
    items[at] = item;
  }
}

function isWorse(score: number, item: number, otherScore: number, otherItem: number): boolean {
  return score < otherScore || (score === otherScore && item > otherItem);
}
