import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelFileError } from '../../shared/recommender/model/safetensors.ts';
import type { Store } from '../store/store.ts';
import { takeOutOfModel } from '../training/take-out-of-model.ts';

/**
 * Takes a shopper's factors, under all ids that they have had, out of all model files. The item factors, which many shoppers made together, stay until the
 * next training, which no longer knows the shopper. A damaged file, out of which nobody can be taken and which cannot
 * answer, is removed.
 * @returns how many files had them.
 */
export async function forgetInModels(store: Store, modelsDir: string, userIds: readonly string[]): Promise<number> {
  const ids = new Set(userIds);
  let nChanged = 0;
  for (const record of await store.models.list()) {
    try {
      if (await takeOutOfModel(modelsDir, record, ids)) nChanged += 1;
    } catch (error) {
      // Of an old model, an operator may have removed the file.
      if (error instanceof ModelFileError) await rm(join(modelsDir, record.file), { force: true });
      else if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return nChanged;
}
