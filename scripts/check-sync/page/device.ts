import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { unwrap } from 'idb';
import { reportServer } from '../../../client/api/connection.ts';
import { authorizeDevice } from '../../../client/api/http.ts';
import { database } from '../../../client/offline/database.ts';
import { newDeviceIdentity } from '../../../client/offline/device-identity.ts';
import type { Activity, OutboxEntry, Watch } from '../../../client/offline/schema.ts';
import { saveSetting } from '../../../client/offline/settings.ts';
import type { Fault } from '../schedule.ts';
import { setClock } from './simulated-clock.ts';

const ORIGIN = 'http://localhost';

/** What the fetch of the page is in the world of a schedule. */
export type Network = (request: Request) => Promise<Response>;

/** Thrown into the page's code where it is killed. */
class Killed extends Error {
  override readonly name = 'Killed';
}

const putAsItIs = IDBObjectStore.prototype.put;
const addAsItIs = IDBObjectStore.prototype.add;
const deleteAsItIs = IDBObjectStore.prototype.delete;
let beforeWrite: (transaction: IDBTransaction) => void = () => {};
Object.assign(IDBObjectStore.prototype, {
  put(this: IDBObjectStore, ...given: Parameters<IDBObjectStore['put']>) {
    beforeWrite(this.transaction);
    return putAsItIs.apply(this, given);
  },
  add(this: IDBObjectStore, ...given: Parameters<IDBObjectStore['add']>) {
    beforeWrite(this.transaction);
    return addAsItIs.apply(this, given);
  },
  delete(this: IDBObjectStore, ...given: Parameters<IDBObjectStore['delete']>) {
    beforeWrite(this.transaction);
    return deleteAsItIs.apply(this, given);
  },
});

/** The device whose code runs at this moment: the page's modules know one database and one token. */
let acting: Device | null = null;

/** A browser with its own disk and clock, running the app's own code. */
export class Device {
  readonly #disk = new IDBFactory();
  readonly #serverMs: () => number;
  readonly #network: Network;
  #token: string | null = null;
  /** How far its clock is ahead of the server's. */
  aheadMs = 0;

  constructor(serverMs: () => number, network: Network) {
    this.#serverMs = serverMs;
    this.#network = network;
  }

  /** Has sync on from the start. */
  async setUp(): Promise<void> {
    const identity = await newDeviceIdentity();
    this.#token = identity.token;
    await this.run(null, async () => {
      await saveSetting('device', identity);
      await saveSetting('sync', true);
    });
  }

  /**
   * Runs some of the page's code on this device. What a fault does to it is what it would do to the page: the code ends with an
   * error, and goes on from the disk the next time.
   *
   * @returns what it gave; null where a fault ended it
   */
  async run<T>(fault: Fault | null, code: () => Promise<T>): Promise<T | null> {
    const before = acting;
    const itsWrites = beforeWrite;
    const itsFetch = globalThis.fetch;
    await this.#act();
    beforeWrite = writesWith(fault);
    globalThis.fetch = this.#fetchWith(fault);
    try {
      return await code();
    } catch (error) {
      if (fault === null) throw error;
      return null;
    } finally {
      beforeWrite = itsWrites;
      globalThis.fetch = itsFetch;
      if (before !== null && before !== this) await before.#act();
    }
  }

  async rows(): Promise<{ activity: Activity[]; watches: Watch[]; outbox: OutboxEntry[]; shopperId: string }> {
    const rows = await this.run(null, async () => {
      const db = await database();
      const device = await db.get('settings', 'device');
      if (typeof device !== 'object') throw new Error('the device has lost its identity');
      const [activity, watches, outbox] = await Promise.all([
        db.getAll('activity'),
        db.getAll('watches'),
        db.getAll('outbox'),
      ]);
      return { activity, watches, outbox, shopperId: device.id };
    });
    if (rows === null) throw new Error('nothing was to fail');
    return rows;
  }

  /** Leaves the page's modules as they were: other tests may share them. */
  static async leave(): Promise<void> {
    await closeDatabase();
    acting = null;
    setClock(null);
    authorizeDevice(null);
    reportServer(true);
  }

  async #act(): Promise<void> {
    setClock(() => this.#serverMs() + this.aheadMs);
    if (acting === this) return;
    await closeDatabase();
    acting = this;
    globalThis.indexedDB = this.#disk;
    authorizeDevice(this.#token);
  }

  #fetchWith(fault: Fault | null): typeof fetch {
    let nRequests = 0;
    return async (path, init) => {
      const n = nRequests++;
      const request = new Request(new URL(String(path), ORIGIN), init);
      request.headers.set('host', 'localhost');
      if (fault?.kind === 'request lost' && fault.nth === n) throw new TypeError('the request was lost');
      const response = await this.#network(request);
      await this.#act();
      if (fault?.kind === 'answer lost' && fault.nth === n) throw new TypeError('the answer was lost');
      return response;
    };
  }
}

async function closeDatabase(): Promise<void> {
  if (acting === null) return;
  const connection = unwrap(await database());
  const closed = new Promise((resolve) => connection.addEventListener('close', resolve));
  forceCloseDatabase(connection as never);
  await closed;
}

function writesWith(fault: Fault | null): typeof beforeWrite {
  if (fault?.kind !== 'killed' && fault?.kind !== 'disk full') return () => {};
  let nWrites = 0;
  return (transaction) => {
    if (nWrites++ !== fault.nth) return;
    transaction.abort();
    throw fault.kind === 'killed' ? new Killed() : new DOMException('The disk is full.', 'QuotaExceededError');
  };
}
