import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { withoutUsers } from '../../shared/recommender/model/without-users.ts';
import { type FileLock, tryLockFile } from '../file-lock.ts';
import { readModel } from '../recommendations/model-files.ts';
import type { ModelRecord } from '../store/store.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

const LOCK_FILE = '.rewriting.lock';
const RETRY_DELAY_MS = 20;

/**
 * Takes shoppers' factors out of a registered model's file. Files are rewritten one after the other, over all processes: of two
 * deletions that read the same file at once, the second to write it would bring the first's shopper back.
 * @returns whether the file had any of them. @throws ModelFileError; the system's error where the file cannot be read
 */
export async function takeOutOfModel(
  modelsDir: string,
  { file, parameters }: Pick<ModelRecord, 'file' | 'parameters'>,
  userIds: ReadonlySet<string>,
): Promise<boolean> {
  // Gone where an operator has removed all old models.
  await mkdir(modelsDir, { recursive: true });
  const lock = await lockFile(join(modelsDir, LOCK_FILE));
  try {
    const model = await readModel(modelsDir, { file });
    if (![...userIds].some((id) => model.users.indexOf(id) !== undefined)) return false;
    const without = withoutUsers(model, (id) => userIds.has(id));
    await writeFileAtomically(join(modelsDir, file), writeFactorModel(without, parameters));
    return true;
  } finally {
    lock.release();
  }
}

async function lockFile(path: string): Promise<FileLock> {
  for (;;) {
    const lock = tryLockFile(path);
    if (lock !== null) return lock;
    await delay(RETRY_DELAY_MS);
  }
}
