import type { Schemas } from '../../shared/api-client/src/index.ts';
import { announceChange } from './changes.ts';
import { isLater } from './clock.ts';
import { database, type Writing, writing } from './database.ts';
import type { Activity, OutboxEntry, Watch } from './schema.ts';
import { loadSettings } from './settings.ts';

type Product = Watch['product'];
type ArrivedEvent = Schemas['ArrivedEvent'];
type WatchState = Schemas['WatchState'];

/** Where changes come from. */
export interface Source {
  /** @param cursor null: from the start */
  ask(query: { shopperId: string; cursor: string | null }): Promise<Schemas['Changes']>;
  productOf(id: string): Promise<Product>;
}

type Merging = Writing<('settings' | 'sync' | 'outbox' | 'activity' | 'watches')[]>;

/**
 * Takes over what the shopper did on other devices, with sync on, and merges it by the later change. Merging a page twice
 * changes nothing, so the cursor is kept at the end alone. Where the server began with the first event again, what this device
 * knows to have been there and is not (a backup was restored) is put into the outbox once more.
 */
export async function pullChanges(source: Source): Promise<void> {
  const { device, sync } = await loadSettings();
  if (!sync) return;
  const shopperId = device.id;
  const startedAt = (await (await database()).get('sync', 'state'))?.cursor ?? null;
  const confirmed = await confirmedIds();
  let cursor = startedAt;
  /** Ids of all events that the server has; null where it began in the middle. */
  let listed: Set<string> | null = null;
  let watches: WatchState[] | null = null;
  for (;;) {
    const page = await source.ask({ shopperId, cursor });
    if (page.from_start) listed = new Set();
    for (const { id } of page.events) listed?.add(id);
    watches = page.watches ?? watches;
    cursor = page.next;
    await mergePage(shopperId, page, source);
    if (!page.more) break;
  }
  await endPull(shopperId, { startedAt, confirmed, cursor, listed, watches });
}

/** Ids of the events and watch changes of this device's rows that the server has confirmed. */
async function confirmedIds(): Promise<ReadonlySet<string>> {
  const db = await database();
  const [activity, watches] = await Promise.all([db.getAll('activity'), db.getAll('watches')]);
  const ids = [...activity, ...watches].flatMap((row) => {
    if (!row.is_confirmed) return [];
    return 'change_id' in row ? [row.change_id] : [row.id];
  });
  return new Set(ids);
}

/** Merges in one transaction, unless this device is another shopper's by now, as after its data was deleted. */
function merging(shopperId: string, merge: (transaction: Merging) => Promise<void>): Promise<void> {
  return writing(['settings', 'sync', 'outbox', 'activity', 'watches'], async (transaction) => {
    const device = await transaction.objectStore('settings').get('device');
    if (typeof device === 'object' && device.id === shopperId) await merge(transaction);
  });
}

async function mergePage(shopperId: string, page: Schemas['Changes'], source: Source): Promise<void> {
  const products = await productsFor(shopperId, page, source);
  const changed = new Set<'activity' | 'watches'>();
  await merging(shopperId, async (transaction) => {
    for (const event of page.events) {
      if (await mergeEvent(transaction, shopperId, event, products)) changed.add('activity');
    }
    for (const state of page.watches ?? []) if (await mergeWatch(transaction, state, products)) changed.add('watches');
    await advanceClock(transaction, [
      ...page.events.map((event) => event.occurred_at),
      ...(page.watches ?? []).map((watch) => watch.changed_at),
    ]);
  });
  for (const part of changed) announceChange(part);
}

/** @returns whether it is new */
async function mergeEvent(
  transaction: Merging,
  shopperId: string,
  event: ArrivedEvent,
  products: ReadonlyMap<string, Product>,
): Promise<boolean> {
  const activity = transaction.objectStore('activity');
  const known = await activity.get([shopperId, event.item_id, event.type]);
  if (known !== undefined && !isNewEvent(event, known)) return false;
  const { title, image } = known ?? products.get(event.item_id) ?? { title: event.item_id, image: null };
  await activity.put({ user_id: shopperId, ...event, title, image, is_confirmed: true });
  return true;
}

/** @returns whether it is new */
async function mergeWatch(
  transaction: Merging,
  state: WatchState,
  products: ReadonlyMap<string, Product>,
): Promise<boolean> {
  const watches = transaction.objectStore('watches');
  const known = await watches.get(state.product_id);
  if (known !== undefined && !isNewWatchState(state, known)) return false;
  const product = known?.product ?? products.get(state.product_id);
  if (product === undefined) return false;
  // An earlier change that has not been sent means nothing any more.
  if (known !== undefined && known.change_id !== state.id) {
    await transaction.objectStore('outbox').delete(known.change_id);
  }
  await watches.put({
    ...{ product_id: state.product_id, product, is_watched: state.watched, currency: state.currency },
    added_at: known?.is_watched === true ? known.added_at : state.changed_at,
    ...{ changed_at: state.changed_at, change_id: state.id, is_confirmed: true },
  });
  return true;
}

/** Also the event itself as the server has it: its receipt may be lost, or the instant another. */
function isNewEvent(event: ArrivedEvent, known: Activity): boolean {
  if (event.id === known.id) return !known.is_confirmed || event.occurred_at !== known.occurred_at;
  return isLater({ at: event.occurred_at, id: event.id }, { at: known.occurred_at, id: known.id });
}

function isNewWatchState(state: WatchState, known: Watch): boolean {
  if (state.id === known.change_id) return !known.is_confirmed || state.changed_at !== known.changed_at;
  return isLater({ at: state.changed_at, id: state.id }, { at: known.changed_at, id: known.change_id });
}

/** Pulled instants are in the past of what is recorded from now on. */
async function advanceClock(transaction: Merging, instants: readonly string[]): Promise<void> {
  const store = transaction.objectStore('sync');
  const state = (await store.get('state')) ?? { clock_ms: 0, cursor: null };
  const latestMs = instants.reduce((latest, at) => Math.max(latest, Date.parse(at)), state.clock_ms);
  if (latestMs > state.clock_ms) await store.put({ ...state, clock_ms: latestMs }, 'state');
}

/** Asked for before the transaction: it would end while the network is waited for. Views have no title to show. */
async function productsFor(
  shopperId: string,
  { events, watches }: Schemas['Changes'],
  source: Source,
): Promise<Map<string, Product>> {
  const db = await database();
  const missing = new Set<string>();
  for (const { item_id, type } of events) {
    if (type !== 'view' && (await db.get('activity', [shopperId, item_id, type])) === undefined) missing.add(item_id);
  }
  for (const { product_id } of watches ?? []) {
    if ((await db.get('watches', product_id)) === undefined) missing.add(product_id);
  }
  const products = new Map<string, Product>();
  for (const id of missing) products.set(id, await source.productOf(id));
  return products;
}

interface Pulled {
  /** The cursor at the beginning. */
  startedAt: string | null;
  /** What the server had confirmed by then: what it confirms meanwhile may be missing in its answers. */
  confirmed: ReadonlySet<string>;
  cursor: string;
  listed: ReadonlySet<string> | null;
  watches: WatchState[] | null;
}

/** Keeps the cursor, in one transaction with what is to be sent again. */
async function endPull(shopperId: string, pulled: Pulled): Promise<void> {
  const { startedAt, confirmed, cursor, listed, watches } = pulled;
  let nAgain = 0;
  await merging(shopperId, async (transaction) => {
    const again = [
      ...(listed === null ? [] : await lostEvents(transaction, shopperId, confirmed.difference(listed))),
      ...(watches === null ? [] : await lostWatches(transaction, shopperId, watches, confirmed)),
    ];
    for (const entry of again) await transaction.objectStore('outbox').put(entry);
    nAgain = again.length;
    const store = transaction.objectStore('sync');
    const state = (await store.get('state')) ?? { clock_ms: 0, cursor: null };
    // Where it is another by now, something asks for a pull from the start.
    if (state.cursor === startedAt) await store.put({ ...state, cursor }, 'state');
  });
  if (nAgain === 0) return;
  announceChange('outbox');
  announceChange('activity');
}

const AGAIN = { state: 'waiting', reason: null, is_private: false } as const;

/** The events of this device's rows that the server had confirmed and does not list. */
async function lostEvents(
  transaction: Merging,
  shopperId: string,
  missing: ReadonlySet<string>,
): Promise<OutboxEntry[]> {
  const activity = transaction.objectStore('activity');
  const ofShopper = IDBKeyRange.bound([shopperId, ''], [shopperId, '\uffff']);
  const lost: OutboxEntry[] = [];
  for (const row of await activity.index('by_shopper').getAll(ofShopper)) {
    if (!row.is_confirmed || !missing.has(row.id)) continue;
    const { id, user_id, item_id, type, value, occurred_at, title } = row;
    lost.push({ ...AGAIN, id, title, event: { id, user_id, item_id, type, value, occurred_at } });
    await activity.put({ ...row, is_confirmed: false });
  }
  return lost;
}

/** The changes of this device's rows that the server has had, where an earlier one is its last. */
async function lostWatches(
  transaction: Merging,
  shopperId: string,
  states: readonly WatchState[],
  confirmed: ReadonlySet<string>,
): Promise<OutboxEntry[]> {
  const lastOf = new Map(states.map((state) => [state.product_id, state.id]));
  const watches = transaction.objectStore('watches');
  const lost: OutboxEntry[] = [];
  for (const row of await watches.getAll()) {
    const { product_id, is_watched: watched, currency, changed_at, change_id: id } = row;
    if (!row.is_confirmed || !confirmed.has(id) || lastOf.get(product_id) === id) continue;
    const watch = { id, user_id: shopperId, product_id, watched, currency, changed_at };
    lost.push({ ...AGAIN, id, title: row.product.title, watch });
    await watches.put({ ...row, is_confirmed: false });
  }
  return lost;
}
