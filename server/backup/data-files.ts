import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Databases that hold what is kept. Others in the folder are locks. */
const DATABASES = ['magpie.db', 'jobs.db'];
/** Of the files at the folder's root, those that are made again, and earlier backups. The others are secrets and notes. */
const LEFT_OUT = /\.(?:pid|db|db-(?:wal|shm|journal)|lock|tmp|tar\.gz)$/;

export interface DataFiles {
  databases: string[];
  /** Names of the files in `models/`. */
  models: string[];
  /** Shop declarations, secrets and notes: paths in the data folder, with `/`. */
  others: string[];
}

/** The files of a data folder that a backup may hold. Checkpoints, pictures and running shops are made again. */
export async function dataFiles(dataDir: string): Promise<DataFiles> {
  const entries = await readdir(dataDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const shops = (await filesIn(join(dataDir, 'shops'))).map((name) => `shops/${name}`);
  return {
    databases: DATABASES.filter((name) => names.includes(name)),
    models: await filesIn(join(dataDir, 'models')),
    others: [...names.filter((name) => !LEFT_OUT.test(name) && !name.startsWith('.')), ...shops].toSorted(),
  };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
}
