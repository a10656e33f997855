import type { EventRecord, WatchChangeRecord } from '../../server/store/store.ts';

/** What the server has of one shopper. */
export interface ServerState {
  events: EventRecord[];
  changes: WatchChangeRecord[];
  /** Products whose prices are watched. */
  watched: string[];
}

/** Magpie's server as a schedule drives it: `sync-server.ts`. */
export interface SyncServer {
  /** Begins with products, and no shopper. */
  reset(): Promise<void>;
  restart(): Promise<void>;
  backUp(): Promise<void>;
  /** @returns whether there was a backup */
  restore(): Promise<boolean>;
  fetch(request: Request): Promise<Response>;
  stateOf(shopperId: string): Promise<ServerState>;
  close(): Promise<void>;
}

/** What `sync-server.ts` exports. Its types know no DOM, and those of the page no server: each is compiled apart. */
export interface SyncServerModule {
  openSyncServer(): Promise<SyncServer>;
}
