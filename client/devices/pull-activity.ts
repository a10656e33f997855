import type { OwnEvents } from '../../shared/api/events.ts';
import { connection } from '../api/connection.ts';
import { ApiError, getJson } from '../api/http.ts';
import { OWN_EVENTS, PRODUCT_DETAIL } from '../api/shapes.ts';
import { readActivity } from '../offline/activity.ts';
import { keepNewer } from '../offline/adopt-shopper.ts';
import { announceChange } from '../offline/changes.ts';
import type { Activity } from '../offline/database.ts';
import { loadSettings } from '../offline/settings.ts';
import { mayBeLinked } from './links.ts';

const EVERY_MS = 8_000;

/** While the page is shown, takes over what the shopper's other devices rated and bought. @returns stops it */
export function startPulling(): () => void {
  let isPulling = false;
  const pull = (): void => {
    if (isPulling || document.visibilityState !== 'visible' || connection() === 'offline' || !mayBeLinked()) return;
    isPulling = true;
    pullActivity()
      .catch((error: unknown) => console.warn('What other devices did is not shown yet:', error))
      .finally(() => {
        isPulling = false;
      });
  };
  const timer = setInterval(pull, EVERY_MS);
  document.addEventListener('visibilitychange', pull);
  pull();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', pull);
  };
}

async function pullActivity(): Promise<void> {
  const { device, sync } = await loadSettings();
  if (!sync) return;
  const { events } = (await getJson('/events', { query: { user_id: device.id } }, OWN_EVENTS)).data;
  const known = new Map((await readActivity(device.id)).map((activity) => [keyOf(activity), activity]));
  const found: Activity[] = [];
  for (const event of newestOf(events)) {
    const kept = known.get(keyOf(event));
    if (kept !== undefined && kept.occurred_at >= event.occurred_at) continue;
    const { title, image } = kept ?? (await productOf(event.item_id));
    found.push({ user_id: device.id, ...event, title, image });
  }
  if (found.length > 0 && (await keepNewer(found))) announceChange('activity');
}

type OwnEvent = OwnEvents['events'][number];

function keyOf({ item_id, type }: Pick<OwnEvent, 'item_id' | 'type'>): string {
  return `${type} ${item_id}`;
}

/** The newest rating and purchase of each item; events come newest first. */
function newestOf(events: readonly OwnEvent[]): OwnEvent[] {
  const shown = events.filter(({ type }) => type !== 'view');
  return [...new Map(shown.toReversed().map((event) => [keyOf(event), event])).values()];
}

async function productOf(id: string): Promise<Pick<Activity, 'title' | 'image'>> {
  try {
    const { title, image } = (await getJson('/products/{id}', { path: { id } }, PRODUCT_DETAIL)).data;
    return { title, image };
  } catch (error) {
    // A product that is no more is shown by its id.
    if (error instanceof ApiError && error.status === 404) return { title: id, image: null };
    throw error;
  }
}
