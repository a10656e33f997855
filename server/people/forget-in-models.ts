import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFactorModel, writeFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { withoutUsers } from '../../shared/recommender/model/without-users.ts';
import type { Store } from '../store/store.ts';
import { writeFileAtomically } from '../training/register-model.ts';

/**
 * Takes a shopper's factors out of all model files. The item factors, which many shoppers made together, stay until the
 * next training, which no longer knows the shopper.
 * @returns how many files had them.
 */
export async function forgetInModels(store: Store, modelsDir: string, userId: string): Promise<number> {
  let changed = 0;
  for (const { file, parameters } of await store.models.list()) {
    const path = join(modelsDir, file);
    const bytes = await readIfThere(path);
    if (bytes === null) continue;
    const model = readFactorModel(bytes);
    if (model.users.indexOf(userId) === undefined) continue;
    await writeFileAtomically(
      path,
      writeFactorModel(
        withoutUsers(model, (id) => id === userId),
        parameters,
      ),
    );
    changed += 1;
  }
  return changed;
}

/** An operator may have removed the file of an old model. */
async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
