import { v7 as uuidv7 } from 'uuid';
import type { ShopperEvent } from '../../shared/api/events.ts';
import type { Product } from '../../shared/api/products.ts';
import type { Schemas } from '../../shared/api-client/src/index.ts';
import { announceChange } from './changes.ts';
import { nextInstantMs } from './clock.ts';
import { type Writing, writing } from './database.ts';
import { mayLeave } from './held.ts';
import type { OutboxEntry, Watch } from './schema.ts';

/** Writes an event into the outbox and into the activity that this device shows, in one transaction. */
export async function recordEvent(
  told: Omit<ShopperEvent, 'id' | 'occurred_at'>,
  item: { title: string; image: string | null },
): Promise<void> {
  await writing(['settings', 'sync', 'outbox', 'activity'], async (transaction) => {
    const { at, sync, deviceId } = await begin(transaction);
    const event: ShopperEvent = { ...told, id: uuidv7(), occurred_at: at };
    const isPrivate = !mayLeave(event.user_id, { deviceId, sync });
    await transaction.objectStore('outbox').add({ ...waiting(event.id, item.title, isPrivate), event });
    const { title, image } = item;
    await transaction.objectStore('activity').put({ ...event, title, image, is_confirmed: false });
  });
  announceChange('outbox');
  announceChange('activity');
}

/**
 * Puts a product on this device's watchlist, or takes it off, in one transaction. The last change to a product is the one that
 * is sent.
 */
export async function recordWatch(product: Product, isWatched: boolean, currency: Watch['currency']): Promise<void> {
  await writing(['settings', 'sync', 'outbox', 'watches'], async (transaction) => {
    const { at, sync, deviceId } = await begin(transaction);
    const outbox = transaction.objectStore('outbox');
    const watches = transaction.objectStore('watches');
    const { product_id } = product;
    const known = await watches.get(product_id);
    const replaced = known && (await outbox.get(known.change_id));
    // Taking a private watch off says what was watched.
    const isPrivate = !sync || (replaced?.is_private === true && !isWatched);
    // What was to be sent before a private change is sent all the same.
    if (replaced !== undefined && (replaced.is_private || !isPrivate)) await outbox.delete(replaced.id);
    const change: Schemas['WatchChange'] = {
      ...{ id: uuidv7(), user_id: deviceId, product_id, watched: isWatched, currency, changed_at: at },
    };
    await outbox.add({ ...waiting(change.id, product.title, isPrivate), watch: change });
    await watches.put({
      ...{ product_id, product, added_at: isWatched ? at : (known?.added_at ?? at), is_watched: isWatched },
      ...{ changed_at: at, change_id: change.id, currency, is_confirmed: false },
    });
  });
  announceChange('outbox');
  announceChange('watches');
}

function waiting(id: string, title: string, isPrivate: boolean): Omit<OutboxEntry, 'event' | 'watch'> {
  return { id, title, state: 'waiting', reason: null, is_private: isPrivate };
}

/** The instant of what is recorded, and the settings that decide whether it may leave: none are kept where data was deleted. */
async function begin(
  transaction: Pick<Writing<('settings' | 'sync')[]>, 'objectStore'>,
): Promise<{ at: string; sync: boolean; deviceId: string }> {
  const settings = transaction.objectStore('settings');
  const state = transaction.objectStore('sync');
  const [device, sync, known] = await Promise.all([settings.get('device'), settings.get('sync'), state.get('state')]);
  const clockMs = nextInstantMs(known?.clock_ms ?? 0, Date.now());
  await state.put({ cursor: known?.cursor ?? null, clock_ms: clockMs }, 'state');
  const deviceId = typeof device === 'object' ? device.id : '';
  return { at: new Date(clockMs).toISOString(), sync: sync === true, deviceId };
}
