import { ENGINE_CHOICES } from '../recommender/recommender-types.ts';
import { announceChange } from './changes.ts';
import { database, type Settings } from './database.ts';
import { type DeviceIdentity, newDeviceIdentity } from './device-identity.ts';

/** Read once at the start; makes the device's own identity on the first visit. */
export async function loadSettings(): Promise<Settings> {
  const db = await database();
  const [device, shopperId, sync, engine] = await Promise.all([
    db.get('settings', 'device'),
    db.get('settings', 'shopper_id'),
    db.get('settings', 'sync'),
    db.get('settings', 'engine'),
  ]);
  const identity = isIdentity(device) ? device : await firstIdentity();
  return {
    device: identity,
    shopper_id: typeof shopperId === 'string' ? shopperId : firstShopper(identity),
    sync: sync === true,
    engine: ENGINE_CHOICES.find((known) => known === engine) ?? 'auto',
  };
}

/** A device that cannot prove itself would be refused by most servers: it begins as the first public demo shopper. */
export function firstShopper({ id, token }: DeviceIdentity): string {
  return token === null ? '1' : id;
}

/** Two tabs may be the first at once: whichever writes first decides for both. */
async function firstIdentity(): Promise<DeviceIdentity> {
  const made = await newDeviceIdentity();
  const transaction = (await database()).transaction('settings', 'readwrite');
  const stored = await transaction.store.get('device');
  const identity = isIdentity(stored) ? stored : made;
  await Promise.all([transaction.store.put(identity, 'device'), transaction.done]);
  return identity;
}

function isIdentity(value: Settings[keyof Settings] | undefined): value is DeviceIdentity {
  return typeof value === 'object';
}

export async function saveSetting<K extends keyof Settings>(key: K, value: Settings[K]): Promise<void> {
  await (await database()).put('settings', value, key);
  announceChange('settings');
}
