import type { SyncServer, SyncServerModule } from '../contract.ts';

/** Opens the server by its address, so that its files are not compiled with the page's types. */
export async function openServer(): Promise<SyncServer> {
  const { openSyncServer }: SyncServerModule = await import(new URL('../sync-server.ts', import.meta.url).href);
  return openSyncServer();
}
