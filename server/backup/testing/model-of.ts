import { IdMap } from '../../../shared/recommender/interactions/id-map.ts';
import type { FactorModel } from '../../../shared/recommender/model/factor-model.ts';
import { defaultParameters } from '../../../shared/recommender/training/parameters.ts';

/** A model of these users and one item. */
export function modelOf(...userIds: string[]): FactorModel {
  return {
    ...{ nFactors: 1, users: IdMap.of(userIds), userFactors: Float32Array.from(userIds, (_, row) => row + 1) },
    ...{ items: IdMap.of(['7']), itemFactors: Float32Array.of(1) },
    parameters: { ...defaultParameters('implicit'), nFactors: 1 },
  };
}
