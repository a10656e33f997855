import type { OwnEvents } from '../../shared/api/events.ts';
import { database } from './database.ts';
import type { Activity, OutboxEntry, SavedComparison, SyncState, Watch } from './schema.ts';
import { type KeptSettings, loadSettings } from './settings.ts';

/** All that this device keeps of its shoppers, for a person to read. The token, which is a secret, is left out. */
export interface DeviceData {
  device_id: string;
  settings: Omit<KeptSettings, 'device'>;
  /** What is kept outside the database: the country to ship to, the colour mode. */
  other_settings: Record<string, string>;
  activity: Activity[];
  /** What the server has not confirmed. */
  outbox: OutboxEntry[];
  /** Those that were taken off the list too: no other device is to put them back. */
  watches: Watch[];
  sync_state: SyncState | null;
  comparisons: SavedComparison[];
  /** The server's last answers about shoppers, by shopper. */
  histories: Record<string, OwnEvents['events']>;
}

export async function readDeviceData(): Promise<DeviceData> {
  const { device, ...settings } = await loadSettings();
  const stores = (await database()).transaction(['activity', 'outbox', 'watches', 'comparisons', 'histories', 'sync']);
  const histories = stores.objectStore('histories');
  const [activity, outbox, watches, comparisons, shopperIds, answers, syncState] = await Promise.all([
    stores.objectStore('activity').getAll(),
    stores.objectStore('outbox').getAll(),
    stores.objectStore('watches').getAll(),
    stores.objectStore('comparisons').getAll(),
    histories.getAllKeys(),
    histories.getAll(),
    stores.objectStore('sync').get('state'),
  ]);
  return {
    device_id: device.id,
    settings,
    other_settings: { ...localStorage },
    activity,
    outbox,
    watches,
    sync_state: syncState ?? null,
    comparisons,
    histories: Object.fromEntries(shopperIds.map((id, i) => [id, answers[i] ?? []])),
  };
}
