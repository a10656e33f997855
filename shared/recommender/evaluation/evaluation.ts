import type { IdMap } from '../interactions/id-map.ts';
import type { Dataset, Interactions } from '../interactions/interactions.ts';
import { popularItems } from '../interactions/popularity.ts';
import type { Triples } from '../interactions/triples.ts';
import type { FactorModel } from '../model/factor-model.ts';
import { BatchRanker } from '../scoring/top-k/batch-ranker.ts';
import { RankingEvaluation, type RankingMetrics, RatingEvaluation } from './metrics.ts';

/** Held-out observations; their users and items need not be known to the model. */
export interface TestSet {
  users: IdMap;
  items: IdMap;
  triples: Triples;
}

/** Pairs of user and item that are ranked sooner than threads are started. */
const LITTLE_WORK = 20_000_000;

/** RMSE over all held-out ratings. Predictions are clipped to the range of the training ratings; for a user or item that the model does not know, the mean training rating is predicted. */
export function evaluateRatings(model: FactorModel, { interactions }: Dataset, test: TestSet): number {
  const { values } = interactions.byUser;
  const { least, greatest, mean } = summary(values);
  const evaluation = new RatingEvaluation(least, greatest);
  const users = knownIndices(test.users, model.users);
  const items = knownIndices(test.items, model.items);
  test.triples.values.forEach((rating, t) => {
    const user = users[test.triples.users[t]!]!;
    const item = items[test.triples.items[t]!]!;
    evaluation.add(user < 0 || item < 0 ? mean : score(model, user, item), rating);
  });
  return evaluation.rmse();
}

/**
 * Recall, NDCG and MAP at k over the users with held-out items. Items of the training part are excluded; a user whom the
 * model does not know gets the popular items; held-out items that it does not know count as missed.
 */
export async function evaluateRanking(
  model: FactorModel,
  { interactions }: Dataset,
  test: TestSet,
  k: number,
  onProgress?: (nJudged: number, nUsers: number) => void,
): Promise<RankingMetrics> {
  const evaluation = new RankingEvaluation(k);
  const known: { user: number; relevant: ReadonlySet<number> }[] = [];
  const popular = [...popularItems(interactions).subarray(0, k)];
  for (const { user, relevant } of heldOutByUser(model, test)) {
    if (user >= 0) known.push({ user, relevant });
    else evaluation.add(popular, relevant);
  }
  const isLittleWork = known.length * model.items.size < LITTLE_WORK;
  const ranker = await BatchRanker.open(model, interactions.byUser, isLittleWork ? { useWorkers: false } : {});
  try {
    let nJudged = 0;
    for await (const { n, lengths, items } of ranker.rank(
      Uint32Array.from(known, ({ user }) => user),
      k,
    )) {
      lengths.forEach((length, row) => {
        evaluation.add([...items.subarray(row * n, row * n + length)], known[nJudged++]!.relevant);
      });
      onProgress?.(nJudged, known.length);
    }
  } finally {
    ranker.close();
  }
  return evaluation.metrics();
}

/** The same for a ranking by popularity, one for all users: what a model has to beat. */
export function evaluatePopularity({ interactions, ...ids }: Dataset, test: TestSet, k: number): RankingMetrics {
  const popular = popularItems(interactions);
  const evaluation = new RankingEvaluation(k);
  for (const { user, relevant } of heldOutByUser(ids, test)) {
    const seen = user < 0 ? new Set<number>() : itemsOf(interactions, user);
    const ranking: number[] = [];
    for (let rank = 0; rank < popular.length && ranking.length < k; rank++) {
      if (!seen.has(popular[rank]!)) ranking.push(popular[rank]!);
    }
    evaluation.add(ranking, relevant);
  }
  return evaluation.metrics();
}

function itemsOf({ byUser }: Interactions, user: number): Set<number> {
  return new Set(byUser.cols.subarray(byUser.rowPtr[user], byUser.rowPtr[user + 1]));
}

/** Held-out items by user, in the model's indices; an unknown user is −1, and unknown items are negative, each its own. */
function heldOutByUser(
  model: { users: IdMap; items: IdMap },
  { users, items, triples }: TestSet,
): { user: number; relevant: Set<number> }[] {
  const knownUsers = knownIndices(users, model.users);
  const knownItems = knownIndices(items, model.items);
  const heldOut = Array.from(knownUsers, (user) => ({ user, relevant: new Set<number>() }));
  triples.users.forEach((user, t) => {
    const item = triples.items[t]!;
    heldOut[user]!.relevant.add(knownItems[item]! < 0 ? -1 - item : knownItems[item]!);
  });
  return heldOut;
}

/** By index of the test set, the index in the model, or −1. */
function knownIndices(ids: IdMap, model: IdMap): Int32Array {
  return Int32Array.from(ids.ids, (id) => model.indexOf(id) ?? -1);
}

function score({ nFactors, userFactors, itemFactors }: FactorModel, user: number, item: number): number {
  let sum = 0;
  for (let f = 0; f < nFactors; f++) sum += userFactors[user * nFactors + f]! * itemFactors[item * nFactors + f]!;
  return sum;
}

function summary(values: Float32Array): { least: number; greatest: number; mean: number } {
  let [least, greatest, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    sum += value;
  }
  return { least, greatest, mean: sum / values.length };
}
