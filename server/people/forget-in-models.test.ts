import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { defaultParameters } from '../../shared/recommender/training/parameters.ts';
import type { Config } from '../config.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import { readModel } from '../recommendations/model-files.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { testConfig } from '../testing/test-config.ts';
import { silentLog } from '../testing/test-log.ts';
import { modelsDir, registerModel } from '../training/register-model.ts';
import { deleteShopper } from './delete-shopper.ts';

const SHOPPERS = Array.from({ length: 12 }, (_, n) => `shopper-${n}`);

let config: Config;
let store: Store;
let queue: JobQueue;
beforeEach(async () => {
  config = testConfig({ MAGPIE_DATA_DIR: await mkdtemp(join(tmpdir(), 'magpie-forget-')) });
  store = await openStore(config);
  queue = await openJobQueue({ ...config, log: silentLog });
  await store.events.append(
    SHOPPERS.map((userId) => ({
      ...{ id: userId, userId, itemId: 'tea', type: 'view', value: 1 },
      ...{ occurredAt: new Date(0), source: 'test' },
    })),
  );
});
afterEach(async () => {
  await queue.close(0);
  await store.close();
  await rm(config.dataDir, { recursive: true });
});

const remove = (userId: string) => deleteShopper({ store, queue, modelsDir: modelsDir(config) }, userId);

function model(): FactorModel {
  return {
    ...{ nFactors: 1, users: IdMap.of(SHOPPERS), userFactors: Float32Array.from(SHOPPERS, (_, row) => row + 1) },
    ...{ items: IdMap.of(['tea']), itemFactors: Float32Array.of(1) },
    parameters: { ...defaultParameters('implicit'), nFactors: 1 },
  };
}

async function shoppersInModel(): Promise<readonly string[]> {
  const current = await store.models.current();
  return (await readModel(modelsDir(config), current!)).users.ids;
}

test('of shoppers who are deleted at once, none comes back into a model', async () => {
  await registerModel(store, config, model(), {});
  const [kept, ...gone] = SHOPPERS;
  const receipts = await Promise.all(gone.map(remove));
  expect(receipts.map(({ deleted }) => deleted.models)).toEqual(gone.map(() => 1));
  expect(await shoppersInModel()).toEqual([kept]);
});

test('a shopper who is deleted between the writing of a model and its registration is not in it', async () => {
  const [gone, ...kept] = SHOPPERS;
  const add: Store['models']['add'] = async (record) => {
    await remove(gone!);
    await store.models.add(record);
  };
  await registerModel({ ...store, models: { ...store.models, add } }, config, model(), {});
  expect(await shoppersInModel()).toEqual(kept);
});
