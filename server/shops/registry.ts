import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DeclarationError, parseDeclaration, type ShopDeclaration } from './declaration.ts';
import { openShop } from './open-shop.ts';
import type { ShopAdapter } from './shop-adapter.ts';

/** A change to a declaration is seen within this time; checking costs one `stat` per file. */
const CHECK_EVERY_MS = 1000;
/** A declaration with selectors takes about 2 kB. */
const MAX_DECLARATION_BYTES = 64 * 1024;

export interface Shop {
  readonly declaration: ShopDeclaration;
  readonly adapter: ShopAdapter;
  /** Absolute path of its declaration. */
  readonly file: string;
}

/** A declaration that was left out. */
export interface DeclarationProblem {
  file: string;
  /** Names the file, the path in it, and what is expected there. */
  message: string;
}

export interface KnownShops {
  /** The shops to ask, by id. */
  readonly enabled: readonly Shop[];
  readonly disabled: readonly Shop[];
  readonly problems: readonly DeclarationProblem[];
  /** Changes when the set of enabled shops or one of their declarations does. */
  readonly version: string;
}

export interface ShopRegistryOptions {
  /** Folders of `*.json`, read in this order; one that is missing is empty. */
  folders: readonly string[];
  /** Called once for each faulty declaration, and again when it changes. */
  onProblem(problem: DeclarationProblem): void;
}

type Declared = { file: string; stamp: string } & ({ shop: Shop } | { problem: DeclarationProblem });

/**
 * The shops that operators have declared, one JSON file each. Changed, new and removed files are taken up while
 * running; a faulty one is left out and reported, and the others go on.
 */
export class ShopRegistry {
  readonly #options: ShopRegistryOptions;
  #declared = new Map<string, Declared>();
  #known: KnownShops | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #checking: Promise<KnownShops> | null = null;

  constructor(options: ShopRegistryOptions) {
    this.#options = options;
  }

  /** The shops as declared now, at most a second late. */
  async current(): Promise<KnownShops> {
    if (this.#known && performance.now() - this.#checkedAt < CHECK_EVERY_MS) return this.#known;
    this.#checking ??= this.#check().finally(() => {
      this.#checking = null;
    });
    return this.#checking;
  }

  async #check(): Promise<KnownShops> {
    const files = (await Promise.all(this.#options.folders.map(declarationsIn))).flat();
    const declared = new Map<string, Declared>();
    let changed = files.length !== this.#declared.size;
    for (const { file, stamp, sizeBytes } of files) {
      const before = this.#declared.get(file);
      if (before?.stamp === stamp) {
        declared.set(file, before);
        continue;
      }
      changed = true;
      declared.set(file, { file, stamp, ...(await this.#read(file, sizeBytes)) });
    }
    this.#declared = declared;
    this.#checkedAt = performance.now();
    if (!changed && this.#known) return this.#known;
    return this.#take(compile([...declared.values()]));
  }

  async #read(file: string, sizeBytes: number): Promise<{ shop: Shop } | { problem: DeclarationProblem }> {
    try {
      if (sizeBytes > MAX_DECLARATION_BYTES) throw new DeclarationError(`${file} is too large for a declaration`);
      const declaration = parseDeclaration(await readFile(file, 'utf8'), file);
      return { shop: { declaration, adapter: await openShop(declaration), file } };
    } catch (error) {
      const message = error instanceof DeclarationError ? error.message : `${file} cannot be read: ${String(error)}`;
      return { problem: { file, message } };
    }
  }

  #take(known: KnownShops): KnownShops {
    const told = new Set(this.#known?.problems.map(({ message }) => message));
    this.#known = known;
    for (const problem of known.problems) if (!told.has(problem.message)) this.#options.onProblem(problem);
    return known;
  }
}

/** Two files with one id: the first one holds. */
function compile(declared: readonly Declared[]): KnownShops {
  const byId = new Map<string, Shop>();
  const problems: DeclarationProblem[] = [];
  for (const entry of declared) {
    if ('problem' in entry) {
      problems.push(entry.problem);
      continue;
    }
    const { id } = entry.shop.declaration;
    const first = byId.get(id);
    if (first) {
      const message = `${entry.file} cannot be used: id: "${id}" is taken by ${first.file}`;
      problems.push({ file: entry.file, message });
    } else {
      byId.set(id, entry.shop);
    }
  }
  const shops = [...byId.values()].sort((a, b) => (a.declaration.id < b.declaration.id ? -1 : 1));
  const enabled = shops.filter(({ declaration }) => declaration.enabled);
  return {
    enabled,
    disabled: shops.filter(({ declaration }) => !declaration.enabled),
    problems,
    version: versionOf(enabled),
  };
}

function versionOf(shops: readonly Shop[]): string {
  const text = JSON.stringify(shops.map(({ declaration }) => declaration));
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

async function declarationsIn(folder: string): Promise<{ file: string; stamp: string; sizeBytes: number }[]> {
  const found = [];
  for (const name of ((await unlessMissing(readdir(folder))) ?? []).sort()) {
    if (!name.endsWith('.json')) continue;
    const file = join(folder, name);
    const stats = await unlessMissing(stat(file));
    if (stats) found.push({ file, stamp: `${stats.mtimeMs}/${stats.size}`, sizeBytes: stats.size });
  }
  return found;
}

/** Null for a folder that does not exist, and for a file that went away since its folder was listed. */
async function unlessMissing<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
