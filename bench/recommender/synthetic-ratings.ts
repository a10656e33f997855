import { buildInteractions } from '../../shared/recommender/interactions/build-interactions.ts';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import { seededRandom } from '../../shared/recommender/training/random-start.ts';

export interface RatingsShape {
  nUsers: number;
  nItems: number;
  nnz: number;
}

/** MovieLens 1M: 6,040 users, 3,706 films, a million ratings. */
export const MOVIELENS_1M: RatingsShape = { nUsers: 6040, nItems: 3706, nnz: 1_000_209 };
/** MovieLens 20M. */
export const MOVIELENS_20M: RatingsShape = { nUsers: 138_493, nItems: 26_744, nnz: 20_000_263 };

/** Tastes behind the ratings. */
const N_TASTES = 8;

/**
 * Ratings 1…5 with the shape of a real catalogue: users' activity is log-normal (in MovieLens 1M the mean is 1.7 times the
 * median), items' popularity falls off as rank^−0.7, and the ratings come from latent tastes and noise.
 */
export function syntheticRatings({ nUsers, nItems, nnz }: RatingsShape, seed = 1): Dataset {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const activity = Float64Array.from({ length: nUsers }, () => Math.exp(normal()));
  const popularity = cumulative(Float64Array.from({ length: nItems }, (_, rank) => (rank + 10) ** -0.7));
  const scale = nnz / activity.reduce((sum, a) => sum + a, 0);
  const tastes = (n: number): Float64Array =>
    Float64Array.from({ length: n * N_TASTES }, () => normal() / Math.sqrt(N_TASTES));
  const [userTastes, itemTastes] = [tastes(nUsers), tastes(nItems)];

  const counts = activity.map((a) => Math.min(Math.floor(nItems / 2), Math.max(1, Math.round(a * scale))));
  const n = counts.reduce((sum, count) => sum + count, 0);
  const triples = {
    users: new Uint32Array(n),
    items: new Uint32Array(n),
    values: new Float32Array(n),
    timestamps: null,
  };
  // By item, the last user who was given it, counted from 1.
  const givenTo = new Uint32Array(nItems);
  let at = 0;
  for (let user = 0; user < nUsers; user++) {
    const end = at + counts[user]!;
    for (let next = at; next < end; ) {
      const item = lowerBound(popularity, random());
      if (givenTo[item] === user + 1) continue;
      givenTo[item] = user + 1;
      triples.items[next++] = item;
    }
    for (; at < end; at++) {
      const item = triples.items[at]!;
      let liking = 3.5 + 0.5 * normal();
      for (let t = 0; t < N_TASTES; t++) liking += userTastes[user * N_TASTES + t]! * itemTastes[item * N_TASTES + t]!;
      triples.users[at] = user;
      triples.values[at] = Math.min(5, Math.max(1, Math.round(liking)));
    }
  }
  return {
    users: IdMap.of(Array.from({ length: nUsers }, (_, i) => `u${i}`)),
    items: IdMap.of(Array.from({ length: nItems }, (_, i) => `i${i}`)),
    interactions: buildInteractions(triples, { nUsers, nItems }, 'last'),
  };
}

/** Running sums, ending at 1. */
function cumulative(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, w) => sum + w, 0);
  let sum = 0;
  return weights.map((w) => {
    sum += w / total;
    return sum;
  });
}

function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
