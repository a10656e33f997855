import type { OwnEvents } from '../../shared/api/events.ts';
import { type Activity, database, type OutboxEntry, type SavedComparison, type Watch } from './database.ts';
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
  watches: Watch[];
  comparisons: SavedComparison[];
  /** The server's last answers about shoppers, by shopper. */
  histories: Record<string, OwnEvents['events']>;
}

export async function readDeviceData(): Promise<DeviceData> {
  const { device, ...settings } = await loadSettings();
  const stores = (await database()).transaction(['activity', 'outbox', 'watches', 'comparisons', 'histories']);
  const histories = stores.objectStore('histories');
  const [activity, outbox, watches, comparisons, shopperIds, answers] = await Promise.all([
    stores.objectStore('activity').getAll(),
    stores.objectStore('outbox').getAll(),
    stores.objectStore('watches').getAll(),
    stores.objectStore('comparisons').getAll(),
    histories.getAllKeys(),
    histories.getAll(),
  ]);
  return {
    device_id: device.id,
    settings,
    other_settings: { ...localStorage },
    activity,
    outbox,
    watches,
    comparisons,
    histories: Object.fromEntries(shopperIds.map((id, i) => [id, answers[i] ?? []])),
  };
}
