import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Databases that hold what is kept. Others in the folder are locks. */
const DATABASES = ['magpie.db', 'jobs.db'];
/** Of the files at the folder's root, those that are made again, and earlier backups. The others are secrets and notes. */
const LEFT_OUT = /\.(?:pid|db|db-(?:wal|shm|journal)|lock|tmp|tar\.gz)$/;
/** Model files and shop declarations. Checkpoints, pictures and running shops are made again. */
const FOLDERS = ['models', 'shops'];

export interface DataFiles {
  databases: string[];
  /** Paths in the data folder, with `/`. */
  others: string[];
}

/** What of a data folder a backup holds. */
export async function dataFiles(dataDir: string): Promise<DataFiles> {
  const entries = await readdir(dataDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const inFolders = await Promise.all(FOLDERS.map((folder) => filesIn(dataDir, folder)));
  return {
    databases: DATABASES.filter((name) => names.includes(name)),
    others: [...names.filter((name) => !LEFT_OUT.test(name) && !name.startsWith('.')), ...inFolders.flat()].toSorted(),
  };
}

async function filesIn(dataDir: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, folder), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => `${folder}/${name}`);
}
