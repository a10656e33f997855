import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDeclaration } from './declaration.ts';

/** The name that released versions gave it, from the only shops that a server runs itself. */
const FOLDER = 'demo-shops';

/**
 * Folder of the declarations of shops that the running server serves itself, written at its start, so that a command
 * beside it knows the same shops at the same addresses.
 */
export function runningShopsFolder(dataDir: string): string {
  return join(dataDir, FOLDER);
}

/** @param declarations by shop id; those of an earlier run are removed. */
export async function writeRunningShops(dataDir: string, declarations: ReadonlyMap<string, unknown>): Promise<void> {
  const folder = runningShopsFolder(dataDir);
  await rm(folder, { recursive: true, force: true });
  if (declarations.size === 0) return;
  await mkdir(folder, { recursive: true });
  for (const [id, declaration] of declarations) {
    await writeFile(join(folder, `${id}.json`), `${JSON.stringify(declaration, null, 2)}\n`);
  }
}

/** The running shops' exact origins. Beside those of `MAGPIE_ALLOWED_ORIGINS`, no address on this machine may be fetched. */
export async function runningShopOrigins(dataDir: string): Promise<string[]> {
  const folder = runningShopsFolder(dataDir);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const origins = names
    .filter((name) => name.endsWith('.json'))
    .map(async (name) => new URL(parseDeclaration(await readFile(join(folder, name), 'utf8'), name).url).origin);
  return Promise.all(origins);
}
