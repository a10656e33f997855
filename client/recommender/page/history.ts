import type { OwnEvents } from '../../../shared/api/events.ts';
import { ApiError, getJson } from '../../api/http.ts';
import { OWN_EVENTS } from '../../api/shapes.ts';
import { database } from '../../offline/database.ts';

/** The server's events of a shopper. Without a connection, those of its last answer; none where there was no answer yet. */
export async function ownHistory(shopperId: string, signal: AbortSignal): Promise<OwnEvents['events']> {
  try {
    const { events } = (await getJson('/events', { query: { user_id: shopperId }, signal }, OWN_EVENTS)).data;
    await keep(shopperId, events);
    return events;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return (await (await database()).get('histories', shopperId)) ?? [];
  }
}

/** A full disk costs only this copy, so it is not an error. */
async function keep(shopperId: string, events: OwnEvents['events']): Promise<void> {
  try {
    await (await database()).put('histories', events, shopperId);
  } catch (error) {
    console.warn('What the server knows of this shopper is not kept for offline use:', error);
  }
}
