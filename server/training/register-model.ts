import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { writeFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { withoutUsers } from '../../shared/recommender/model/without-users.ts';
import type { Config } from '../config.ts';
import type { ModelRecord, Store } from '../store/store.ts';
import { modelVersion, versionOfRun } from './run-id.ts';
import { takeOutOfModel } from './take-out-of-model.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/** Folder of the model files inside the data folder. */
export function modelsDir(config: Config): string {
  return join(config.dataDir, 'models');
}

/**
 * Writes a model's file, enters it into the registry and, unless told otherwise, makes it the current one, in this
 * order: a registry entry never names a file that is not whole.
 * @param record parameters and how the model came about, see model-record.ts
 * @param options.runId of the run that made it. Another attempt at the run may have been here before: then its model stays.
 * @returns its version. @throws StoreFullError when the disk is full; the model before it stays the current one.
 */
export async function registerModel(
  store: Store,
  config: Config,
  model: FactorModel,
  record: Record<string, unknown>,
  { promote = true, runId = null }: { promote?: boolean; runId?: string | null } = {},
): Promise<string> {
  const createdAt = new Date();
  const version = runId === null ? modelVersion(createdAt, randomBytes(2).toString('hex')) : versionOfRun(runId);
  if (runId !== null && (await modelOfRun(store, runId, { promote })) !== null) return version;
  const file = `${version}.safetensors`;
  await mkdir(modelsDir(config), { recursive: true });
  // Those who were deleted while the training ran.
  const gone = await store.shoppers.deletedAmong(model.users.ids);
  const kept = withoutUsers(model, (userId) => gone.has(userId));
  await writeFileAtomically(join(modelsDir(config), file), writeFactorModel(kept, record));
  await store.models.add({ version, file, createdAt, parameters: record });
  // A deletion that began since the look above may not have found this model in the registry; one that begins now does.
  const late = await store.shoppers.deletedAmong(kept.users.ids);
  if (late.size > 0) await takeOutOfModel(modelsDir(config), { file, parameters: record }, late);
  if (promote) await store.models.promote(version);
  return version;
}

/** The model that an earlier attempt at the run has registered; where it is to be promoted, it is, unless a newer one is. */
export async function modelOfRun(
  store: Store,
  runId: string,
  { promote }: { promote: boolean },
): Promise<ModelRecord | null> {
  const version = versionOfRun(runId);
  const model = (await store.models.list()).find((each) => each.version === version);
  if (model === undefined) return null;
  if (!promote) return model;
  const current = await store.models.current();
  // The attempt may have ended between the two.
  if (current === null || current.createdAt < model.createdAt) await store.models.promote(version);
  return model;
}
