/** Means over users who have held-out items; each lies in 0…1. */
export interface RankingMetrics {
  /** Hits among the first K, divided by all held-out items of the user. */
  recall: number;
  /** Discounted gain of the first K over that of an ideal ranking, which is cut off at K too. */
  ndcg: number;
  /** Mean of the precision at each hit, over as many hits as K allows. */
  map: number;
  /** Users who were counted. */
  users: number;
}

/** Collects rankings one user at a time. */
export class RankingEvaluation {
  readonly #k: number;
  #recall = 0;
  #ndcg = 0;
  #averagePrecision = 0;
  #nUsers = 0;

  constructor(k: number) {
    this.#k = k;
  }

  /** @param recommended best first; what comes after the first K does not count. @param relevant held-out items; a user without any is left out. */
  add(recommended: readonly number[], relevant: ReadonlySet<number>): void {
    if (relevant.size === 0) return;
    let [nHits, gain, ideal, precisions] = [0, 0, 0, 0];
    const nPossibleHits = Math.min(this.#k, relevant.size);
    for (let rank = 0; rank < nPossibleHits; rank++) ideal += discount(rank);
    for (const [rank, item] of recommended.slice(0, this.#k).entries()) {
      if (!relevant.has(item)) continue;
      nHits++;
      gain += discount(rank);
      precisions += nHits / (rank + 1);
    }
    this.#recall += nHits / relevant.size;
    this.#ndcg += gain / ideal;
    this.#averagePrecision += precisions / nPossibleHits;
    this.#nUsers++;
  }

  /** @throws RangeError when no user has held-out items. */
  metrics(): RankingMetrics {
    const users = this.#nUsers;
    if (users === 0) throw new RangeError('there are no users with held-out items to evaluate on');
    return { recall: this.#recall / users, ndcg: this.#ndcg / users, map: this.#averagePrecision / users, users };
  }
}

/** Root of the mean squared error over held-out ratings. */
export class RatingEvaluation {
  readonly #least: number;
  readonly #greatest: number;
  #squares = 0;
  #nRatings = 0;

  /** Predictions are clipped to the range least…greatest. */
  constructor(least: number, greatest: number) {
    this.#least = least;
    this.#greatest = greatest;
  }

  add(predicted: number, rating: number): void {
    const clipped = Math.min(this.#greatest, Math.max(this.#least, predicted));
    this.#squares += (clipped - rating) ** 2;
    this.#nRatings++;
  }

  /** @throws RangeError when nothing was added. */
  rmse(): number {
    if (this.#nRatings === 0) throw new RangeError('there are no held-out ratings to evaluate on');
    return Math.sqrt(this.#squares / this.#nRatings);
  }
}

/** What a hit at this rank, counted from 0, is worth (Järvelin & Kekäläinen 2002). */
function discount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}
