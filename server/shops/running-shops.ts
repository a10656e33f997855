import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDeclaration } from './declaration.ts';

/**
 * Declarations of the demo shops that run now, written by the server that runs them, so that a command beside it knows
 * the same shops at the same addresses.
 */
export function demoShopsFolder(dataDir: string): string {
  return join(dataDir, 'demo-shops');
}

/** @param declarations by shop id; those of an earlier run are removed. */
export async function writeDemoShops(dataDir: string, declarations: ReadonlyMap<string, unknown>): Promise<void> {
  const folder = demoShopsFolder(dataDir);
  await rm(folder, { recursive: true, force: true });
  if (declarations.size === 0) return;
  await mkdir(folder, { recursive: true });
  for (const [id, declaration] of declarations) {
    await writeFile(join(folder, `${id}.json`), `${JSON.stringify(declaration, null, 2)}\n`);
  }
}

/** The demo shops' exact origins: the only addresses on this machine that may be fetched. */
export async function demoShopOrigins(dataDir: string): Promise<string[]> {
  const folder = demoShopsFolder(dataDir);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const origins = names
    .filter((name) => name.endsWith('.json'))
    .map(async (name) => new URL(parseDeclaration(await readFile(join(folder, name), 'utf8'), name).url).origin);
  return Promise.all(origins);
}
