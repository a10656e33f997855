import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FaultyServer, Seen } from './faulty-server.ts';

const EVENTS_PER_REQUEST = 500;
const N_USERS = 50;
const N_ITEMS = 90;

/** Sends events until some requests were refused, or enough were sent. @returns the ids that were said to be kept. */
export async function sendEvents(
  server: FaultyServer,
  { nRequests, until = () => false }: { nRequests: number; until?: (seen: Seen) => boolean },
): Promise<{ acknowledged: string[]; seen: Seen[] }> {
  const acknowledged: string[] = [];
  const seen: Seen[] = [];
  for (let n = 0; n < nRequests; n += 1) {
    const events = Array.from({ length: EVENTS_PER_REQUEST }, (_, i) => ({
      ...{ id: randomUUID(), user_id: `shopper-${i % N_USERS}`, item_id: `item-${i % N_ITEMS}` },
      ...{ type: 'view', value: 1, occurred_at: '2026-01-01T00:00:00Z' },
    }));
    const answer = await server.ask('/events', { events });
    seen.push(answer);
    if (answer.status === 200) {
      const { receipts } = answer.body as { receipts: { id: string; status: string }[] };
      acknowledged.push(...receipts.filter(({ status }) => status === 'accepted').map(({ id }) => id));
    }
    if (until(answer)) break;
  }
  return { acknowledged, seen };
}

/** Of the ids, how many the database of a stopped server does not have. */
export function nLost(dataDir: string, ids: readonly string[]): number {
  const database = new DatabaseSync(join(dataDir, 'magpie.db'));
  const find = database.prepare('select 1 from events where id = ?');
  const lost = ids.filter((id) => find.get(id) === undefined).length;
  database.close();
  return lost;
}
