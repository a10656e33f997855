import type { TestSet } from '../../shared/recommender/evaluation/evaluation.ts';
import { evaluateRanking } from '../../shared/recommender/evaluation/evaluation.ts';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import { selectTriples } from '../../shared/recommender/interactions/triples.ts';
import { readDataset, readTest } from './dataset-folder.ts';
import { modelOf } from './factor-files.ts';

const K = 20;
/** Every n-th user with held-out items is judged where there are more of them: brute force over 30,000 takes a minute. */
const MOST_USERS = 6000;

/** NDCG@20 of factors that lie in folders, judged alike for all engines. */
export class RankingJudge {
  readonly #dataset: Dataset;
  readonly #test: TestSet;

  /** @param data folder of a dataset with a held-out part */
  constructor(data: string) {
    this.#dataset = readDataset(data);
    this.#test = thinnedOut(readTest(data));
  }

  async ndcg(factors: string, nFactors: number): Promise<number> {
    const model = modelOf(this.#dataset, factors, nFactors, {});
    return (await evaluateRanking(model, this.#dataset, this.#test, K)).ndcg;
  }
}

function thinnedOut({ users, items, triples }: TestSet): TestSet {
  const all = [...new Set(triples.users)];
  const step = Math.ceil(all.length / MOST_USERS);
  const judged = new IdMap();
  for (let i = 0; i < all.length; i += step) judged.intern(users.idOf(all[i]!));
  const index = Array.from(users.ids, (id) => judged.indexOf(id));
  const positions = Array.from(triples.users.keys()).filter((t) => index[triples.users[t]!] !== undefined);
  const kept = selectTriples(triples, positions);
  return { users: judged, items, triples: { ...kept, users: kept.users.map((user) => index[user]!) } };
}
