import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { readFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { ModelFileError } from '../../shared/recommender/model/safetensors.ts';
import { OperatorError } from '../operator-error.ts';
import type { ModelRecord, Store } from '../store/store.ts';

type Filed = Pick<ModelRecord, 'file'>;

/** Node reads no more than 2 GiB at a time. */
const MAX_READ_BYTES = 2 ** 30;

/** A registered model as its file has it. @throws ModelFileError; the system's error where the file cannot be read. */
export async function readModel(modelsDir: string, { file }: Filed): Promise<FactorModel> {
  const handle = await open(join(modelsDir, file));
  try {
    return readFactorModel(await readWhole(handle));
  } finally {
    await handle.close();
  }
}

/** Why a registered model cannot answer, as the end of a sentence; null: it can. */
export async function modelFileProblem(modelsDir: string, model: Filed): Promise<string | null> {
  try {
    await readModel(modelsDir, model);
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

/** What is wrong with a file that `readModel` could not read, as the end of a sentence. */
export function problemOf(error: unknown): string {
  if (error instanceof ModelFileError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'its file is missing' : `its file cannot be read: ${message}`;
}

/**
 * Makes a model the one that answers, if its file is whole.
 * @throws OperatorError where there is no such model, or it could not answer; the current one stays.
 */
export async function promoteModel(store: Store, modelsDir: string, version: string): Promise<void> {
  const model = (await store.models.list()).find((each) => each.version === version);
  if (model === undefined) throw new OperatorError(`there is no model ${version}: "magpie models list" shows them`);
  const problem = await modelFileProblem(modelsDir, model);
  if (problem !== null) {
    throw new OperatorError(
      `model ${version} cannot answer (${problem}), so it was not promoted: "magpie models list" shows which can`,
    );
  }
  await store.models.promote(version);
}

/**
 * Takes the last promotion back, so that the model answers that answered before.
 * @returns its version. @throws OperatorError where none did, or its file is gone; the current one stays.
 */
export async function rollBackModel(store: Store, modelsDir: string): Promise<string> {
  const before = await store.models.previous();
  if (before === null)
    throw new OperatorError('no model answered before the current one, so there is none to go back to');
  const problem = await modelFileProblem(modelsDir, before);
  if (problem !== null) {
    throw new OperatorError(
      `model ${before.version}, which answered before, cannot answer any more (${problem}): "magpie models list" shows which can, "magpie models promote VERSION" takes one`,
    );
  }
  await store.models.rollBackTo(before.version);
  return before.version;
}

async function readWhole(handle: FileHandle): Promise<Uint8Array> {
  const bytes = new Uint8Array((await handle.stat()).size);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(bytes.length - at, MAX_READ_BYTES), at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}
