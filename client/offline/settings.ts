import { announceChange } from './changes.ts';
import { database } from './database.ts';
import { type DeviceIdentity, newDeviceIdentity } from './device-identity.ts';
import { ENGINE_CHOICES } from './engine-choice.ts';
import type { Settings } from './schema.ts';

/** The settings as they are kept; the shopper is null until one was chosen. */
export type KeptSettings = Omit<Settings, 'shopper_id'> & { shopper_id: string | null };

/** Reads the settings. On the first visit, makes the device's identity. */
export async function loadSettings(): Promise<KeptSettings> {
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
    shopper_id: typeof shopperId === 'string' ? shopperId : null,
    sync: sync === true,
    engine: ENGINE_CHOICES.find((known) => known === engine) ?? 'auto',
  };
}

/** Two tabs may be the first at once: the first write decides for both. */
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

/**
 * Reads a setting that must be known before the database is open, from `localStorage`.
 *
 * @returns null where nothing is kept under this key, and in a browser that keeps nothing (blocked storage)
 */
export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * Keeps such a setting. A browser that keeps nothing loses it when the page is left.
 *
 * @param text null: nothing is kept under this key
 */
export function writeKept(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Lost, as said above.
  }
}
