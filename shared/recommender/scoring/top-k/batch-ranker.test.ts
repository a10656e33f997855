import { expect, test } from 'vitest';
import { IdMap } from '../../interactions/id-map.ts';
import { describeBatchRanker } from '../../testing/batch-ranker.compliance.ts';
import { defaultParameters } from '../../training/parameters.ts';
import { BatchRanker } from './batch-ranker.ts';

describeBatchRanker('in one thread', /^threads \(1\)$/, { nThreads: 1 });
describeBatchRanker('in two threads', /^threads \(2\)$/, { nThreads: 2 });
describeBatchRanker('in the caller’s thread', /same thread/, { useWorkers: false });

test('seen items of other users than the model’s are refused', async () => {
  const model = {
    nFactors: 1,
    users: IdMap.of(['ann']),
    items: IdMap.of(['tea']),
    userFactors: Float32Array.of(1),
    itemFactors: Float32Array.of(1),
    parameters: { ...defaultParameters('implicit'), nFactors: 1 },
  };
  const seen = { rowPtr: Uint32Array.of(0, 0, 0), cols: new Uint32Array() };
  await expect(BatchRanker.open(model, seen)).rejects.toThrow(/1 users, but 2 have seen/);
});
