import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBackup } from '../../server/backup/make-backup.ts';
import { restoreBackup } from '../../server/backup/restore-backup.ts';
import { type ComparisonWorld, openComparisonWorld } from '../../server/comparison/testing/comparison-world.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { ProductRecord, Store } from '../../server/store/store.ts';
import { testApp } from '../../server/testing/test-app.ts';
import { testGate } from '../../server/testing/test-gate.ts';
import type { ServerState, SyncServer } from './contract.ts';
import { ITEMS } from './schedule.ts';

interface Running {
  store: Store;
  fetch(request: Request): Response | Promise<Response>;
}

/** Magpie's API over a store in SQLite, in this process. It can be ended, started, backed up and restored. */
class InProcessServer implements SyncServer {
  readonly #folder: string;
  readonly #world: ComparisonWorld;
  #running: Running | null = null;
  #nFolders = 0;
  #nBackups = 0;
  #backup: string | null = null;

  private constructor(folder: string, world: ComparisonWorld) {
    this.#folder = folder;
    this.#world = world;
  }

  static async open(): Promise<InProcessServer> {
    const folder = await mkdtemp(join(tmpdir(), 'magpie-sync-'));
    const server = new InProcessServer(folder, await openComparisonWorld([], { redisUrl: null }));
    const template = join(folder, 'template');
    const store = await openStore({ dataDir: template, databaseUrl: null });
    await store.products.upsert(ITEMS.map(productOf));
    await store.links.find('d-'); // makes the key of its hashes
    await store.close();
    return server;
  }

  async reset(): Promise<void> {
    await this.#stop();
    await rm(this.#dataDir, { recursive: true, force: true });
    this.#backup = null;
    await mkdir(this.#dataDir, { recursive: true });
    await cp(join(this.#folder, 'template'), this.#dataDir, { recursive: true });
    await this.#start();
  }

  async restart(): Promise<void> {
    await this.#stop();
    await this.#start();
  }

  async backUp(): Promise<void> {
    this.#nBackups += 1;
    this.#backup = join(this.#folder, `backup-${this.#nBackups}.tar.gz`);
    await makeBackup(this.#place, this.#backup, 'check');
  }

  async restore(): Promise<boolean> {
    if (this.#backup === null) return false;
    await this.#stop();
    await rm(this.#dataDir, { recursive: true });
    this.#nFolders += 1;
    await restoreBackup(this.#backup, this.#place);
    await this.#start();
    return true;
  }

  fetch(request: Request): Promise<Response> {
    if (this.#running === null) throw new Error('the server was not started');
    return Promise.resolve(this.#running.fetch(request));
  }

  async stateOf(shopperId: string): Promise<ServerState> {
    if (this.#running === null) throw new Error('the server was not started');
    const { store } = this.#running;
    const { events } = await store.changes.events(shopperId, { after: null, limit: 10_000 });
    const watches = await store.watches.ofUser(shopperId);
    return {
      events,
      changes: await store.changes.watches(shopperId),
      watched: watches.map(({ subject }) => subject).sort(),
    };
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.#world.close();
    await rm(this.#folder, { recursive: true });
  }

  get #place() {
    return { dataDir: this.#dataDir, databaseUrl: null };
  }

  get #dataDir(): string {
    return join(this.#folder, `data-${this.#nFolders}`);
  }

  async #start(): Promise<void> {
    const store = await openStore(this.#place);
    const app = testApp(this.#world, this.#folder, { store, ...testGate(store) });
    this.#running = { store, fetch: (request) => app.fetch(request) };
  }

  async #stop(): Promise<void> {
    await this.#running?.store.close();
    this.#running = null;
  }
}

export function openSyncServer(): Promise<SyncServer> {
  return InProcessServer.open();
}

function productOf(id: string): ProductRecord {
  const nothing = { brand: null, category: null, description: null, gtin: null, mpn: null, image: null };
  return { id, title: `A ${id}`, ...nothing, listPrice: null, source: 'check' };
}
