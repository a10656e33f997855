import type { TestSet } from '../../shared/recommender/evaluation.ts';
import { evaluateRanking } from '../../shared/recommender/evaluation.ts';
import type { Dataset } from '../../shared/recommender/interactions.ts';
import { readDataset, readTest } from './dataset-folder.ts';
import { modelOf } from './factor-files.ts';

const K = 20;

/** NDCG@20 of factors that lie in folders, one judge for all who made them. */
export class RankingJudge {
  readonly #dataset: Dataset;
  readonly #test: TestSet;

  /** @param data folder of a dataset with a held-out part */
  constructor(data: string) {
    this.#dataset = readDataset(data);
    this.#test = readTest(data);
  }

  async ndcg(factors: string, nFactors: number): Promise<number> {
    const model = modelOf(this.#dataset, factors, nFactors, {});
    return (await evaluateRanking(model, this.#dataset, this.#test, K)).ndcg;
  }
}
