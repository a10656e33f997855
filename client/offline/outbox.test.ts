import { beforeEach, describe, expect, test } from 'vitest';
import type { EventReceipts } from '../../shared/api/events.ts';
import { readItemActivity } from './activity.ts';
import { database } from './database.ts';
import { type Courier, flushOutbox } from './flush-outbox.ts';
import { readOutbox, readPrivate, turnSyncOn } from './outbox.ts';
import { recordEvent, recordWatch } from './record.ts';
import { loadSettings, saveSetting } from './settings.ts';
import { emptyDisk } from './testing/empty-disk.ts';

const KETTLE = {
  ...{ product_id: 'kettle', title: 'A kettle', image: null, brand: null, category: null },
  ...{ description: null, gtin: null, list_price: null },
};

let shopperId: string;
beforeEach(async () => {
  await emptyDisk();
  shopperId = (await loadSettings()).device.id;
});

const rate = (value: number) =>
  recordEvent({ user_id: shopperId, item_id: 'kettle', type: 'rating', value }, { title: 'A kettle', image: null });

/** A server that answers each of a batch in the same way. */
function serverThat(answer: Partial<EventReceipts['receipts'][number]>) {
  const sent: string[] = [];
  const take = async (batch: readonly { id: string; item_id?: string; value?: number; watched?: boolean }[]) => {
    sent.push(...batch.map(({ value, watched }) => (watched === undefined ? `rating ${value}` : `watch ${watched}`)));
    return { receipts: batch.map(({ id }) => ({ id, status: 'accepted' as const, ...answer })) };
  };
  return { sent, sendEvents: take, sendWatches: take } satisfies Courier & { sent: string[] };
}

describe('what is recorded with sync off', () => {
  test('stays private whatever becomes of the settings, until the shopper lets it go', async () => {
    await rate(4);
    await recordWatch(KETTLE, true, 'EUR');
    const server = serverThat({});
    await saveSetting('sync', true);
    await flushOutbox(server);
    expect(server.sent).toEqual([]);
    expect(await readPrivate()).toHaveLength(2);

    await turnSyncOn({ withKept: false });
    await rate(2);
    await flushOutbox(server);
    expect(server.sent).toEqual(['rating 2']);

    await turnSyncOn({ withKept: true });
    await flushOutbox(server);
    expect(server.sent).toEqual(['rating 2', 'rating 4', 'watch true']);
    expect(await readOutbox()).toEqual({ waiting: [], held: [], rejected: [] });
  });

  test('is not let go with what another shopper of this browser kept', async () => {
    await recordEvent(
      { user_id: `d-${'f'.repeat(32)}`, item_id: 'kettle', type: 'view', value: 1 },
      { title: 'A kettle', image: null },
    );
    expect(await readPrivate()).toEqual([]);
    await turnSyncOn({ withKept: true });
    expect((await readOutbox()).held).toMatchObject([{ is_private: true }]);
  });

  test('is not told by taking a private watch off', async () => {
    await recordWatch(KETTLE, true, 'EUR');
    await turnSyncOn({ withKept: false });
    await recordWatch(KETTLE, false, 'EUR');
    const server = serverThat({});
    await flushOutbox(server);
    expect(server.sent).toEqual([]);
  });

  test('holds up nothing that was recorded with sync on', async () => {
    await turnSyncOn({ withKept: false });
    await recordWatch(KETTLE, true, 'EUR');
    await saveSetting('sync', false);
    await recordWatch(KETTLE, false, 'EUR');
    await turnSyncOn({ withKept: false });
    const server = serverThat({});
    await flushOutbox(server);
    expect(server.sent).toEqual(['watch true']);
  });
});

describe('the outbox', () => {
  beforeEach(() => turnSyncOn({ withKept: false }));

  test('has the last change of a watch alone', async () => {
    await recordWatch(KETTLE, true, 'EUR');
    await recordWatch(KETTLE, false, 'EUR');
    await recordWatch(KETTLE, true, 'EUR');
    expect((await readOutbox()).waiting).toMatchObject([{ title: 'A kettle', watch: { watched: true } }]);
  });

  test('has each rating, and later ones have later instants', async () => {
    await Promise.all([rate(1), rate(2), rate(3)]);
    const { waiting } = await readOutbox();
    const instants = waiting.flatMap((entry) => ('event' in entry ? [entry.event.occurred_at] : []));
    expect(new Set(instants).size).toBe(3);
    expect(instants.toSorted()).toEqual(instants);
  });

  test('what the server’s clock calls too far ahead is sent with the server’s time, and shown with it', async () => {
    await rate(5);
    const serverTime = '2026-12-01T12:00:00.000Z';
    const ahead = serverThat({ status: 'rejected', retry: true, server_time: serverTime, reason: 'is ahead' });
    await expect(flushOutbox(ahead)).rejects.toThrow('is ahead');
    expect(ahead.sent).toHaveLength(2);
    await flushOutbox(serverThat({}));
    expect(await readItemActivity(shopperId, 'kettle')).toMatchObject({
      rating: { value: 5, occurred_at: serverTime, is_confirmed: true },
    });
  });

  test('loses nothing and changes nothing on the screen where an answer is lost', async () => {
    await rate(5);
    const lost = () => Promise.reject(new TypeError('the answer was lost'));
    await expect(flushOutbox({ sendEvents: lost, sendWatches: lost })).rejects.toThrow('lost');
    expect((await readOutbox()).waiting).toHaveLength(1);
    const server = serverThat({ status: 'duplicate' });
    await flushOutbox(server);
    expect(server.sent).toEqual(['rating 5']);
    expect(await (await database()).count('outbox')).toBe(0);
  });
});
