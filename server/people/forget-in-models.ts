import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { writeFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { ModelFileError } from '../../shared/recommender/model/safetensors.ts';
import { withoutUsers } from '../../shared/recommender/model/without-users.ts';
import { readModel } from '../recommendations/model-files.ts';
import type { ModelRecord, Store } from '../store/store.ts';
import { writeFileAtomically } from '../training/register-model.ts';

/**
 * Takes a shopper's factors, under all ids that they have had, out of all model files. The item factors, which many shoppers made together, stay until the
 * next training, which no longer knows the shopper. A damaged file, out of which nobody can be taken and which cannot
 * answer, is removed.
 * @returns how many files had them.
 */
export async function forgetInModels(store: Store, modelsDir: string, userIds: readonly string[]): Promise<number> {
  let changed = 0;
  for (const record of await store.models.list()) {
    const model = await readIfWhole(modelsDir, record);
    if (model === null || userIds.every((id) => model.users.indexOf(id) === undefined)) continue;
    const without = withoutUsers(model, (id) => userIds.includes(id));
    await writeFileAtomically(join(modelsDir, record.file), writeFactorModel(without, record.parameters));
    changed += 1;
  }
  return changed;
}

/** Null where an operator has removed the file of an old model, or where it is damaged and has been removed here. */
async function readIfWhole(modelsDir: string, record: ModelRecord): Promise<FactorModel | null> {
  try {
    return await readModel(modelsDir, record);
  } catch (error) {
    if (error instanceof ModelFileError) await rm(join(modelsDir, record.file), { force: true });
    else if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return null;
  }
}
