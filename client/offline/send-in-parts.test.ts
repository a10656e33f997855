import { expect, test } from 'vitest';
import type { ShopperEvent } from '../../shared/api/events.ts';
import { ApiError } from '../api/http.ts';
import { sendInParts } from './send-in-parts.ts';

const events = Array.from(
  { length: 7 },
  (_, n): ShopperEvent => ({
    ...{ id: String(n), user_id: '1', item_id: '2', type: 'view', value: 1 },
    occurred_at: '2026-11-30T00:00:00.000Z',
  }),
);

function refusal(status: number): ApiError {
  return new ApiError({ kind: 'refused', status, title: 'No', detail: 'No.', action: 'None.' });
}

/** A server that takes so many events at once, and one of them never. */
function server(limit: number, tooLarge: string | null = null) {
  const taken: string[][] = [];
  return {
    taken,
    async send(batch: ShopperEvent[]) {
      if (batch.length > limit || batch.some(({ id }) => id === tooLarge)) throw refusal(413);
      taken.push(batch.map(({ id }) => id));
      return { receipts: batch.map(({ id }) => ({ id, status: 'accepted' as const })) };
    },
  };
}

test('a batch that is too large goes in halves, in order, each event once', async () => {
  const { taken, send } = server(2);
  const { receipts } = await sendInParts(events, send);
  expect(receipts.map(({ id, status }) => [id, status])).toEqual(events.map(({ id }) => [id, 'accepted']));
  expect(taken.flat()).toEqual(events.map(({ id }) => id));
  expect(Math.max(...taken.map((batch) => batch.length))).toBeLessThanOrEqual(2);
});

test('one event that is too large by itself is rejected; the others arrive', async () => {
  const { send } = server(100, '3');
  const { receipts } = await sendInParts(events, send);
  expect(receipts.filter(({ status }) => status === 'accepted')).toHaveLength(6);
  expect(receipts.find(({ id }) => id === '3')).toMatchObject({ status: 'rejected' });
});

test('any other refusal passes through', async () => {
  await expect(sendInParts(events, () => Promise.reject(refusal(503)))).rejects.toMatchObject({ status: 503 });
});
