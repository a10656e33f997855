import { describe, expect, test } from 'vitest';
import { settle } from './receipts.ts';

describe('settle', () => {
  test('an event leaves only on its own receipt, accepted or duplicate', () => {
    const settlement = settle(['a', 'b', 'c'], {
      receipts: [
        { id: 'a', status: 'accepted' },
        { id: 'b', status: 'duplicate' },
      ],
    });
    expect(settlement).toEqual({ delivered: ['a', 'b'], rejected: [], later: [], ahead: [], unanswered: ['c'] });
  });

  test('a rejection carries its reason', () => {
    const settlement = settle(['a', 'b'], {
      receipts: [
        { id: 'b', status: 'rejected', retry: false },
        { id: 'a', status: 'rejected', reason: 'value: a rating is from 1 to 5', retry: false },
      ],
    });
    expect(settlement.rejected).toEqual([
      { id: 'a', reason: 'value: a rating is from 1 to 5' },
      { id: 'b', reason: 'The server gave no reason.' },
    ]);
  });

  test('a rejection whose reason can pass is no end: the event is sent again later', () => {
    const settlement = settle(['a', 'b'], {
      receipts: [
        { id: 'a', status: 'rejected', reason: 'item_id: unknown item "7"', retry: true },
        { id: 'b', status: 'rejected', reason: 'value: a rating is from 1 to 5', retry: false },
      ],
    });
    expect(settlement.later).toEqual([{ id: 'a', reason: 'item_id: unknown item "7"' }]);
    expect(settlement.rejected).toEqual([{ id: 'b', reason: 'value: a rating is from 1 to 5' }]);
  });

  test('a server that does not say whether a reason can pass is believed, and the shopper reads why it is not tried again', () => {
    const settlement = settle(['a'], {
      receipts: [{ id: 'a', status: 'rejected', reason: 'item_id: unknown item "7"' }],
    });
    expect(settlement.rejected).toEqual([
      {
        id: 'a',
        reason:
          'item_id: unknown item "7". This server does not say whether it may take it later, so it is not sent again.',
      },
    ]);
  });

  test('where this device’s clock runs ahead, the server’s time comes back', () => {
    const receipt = { status: 'rejected', reason: 'occurred_at: is ahead', retry: true } as const;
    const serverTime = '2026-12-01T12:00:00.000Z';
    const settlement = settle(['a'], { receipts: [{ id: 'a', ...receipt, server_time: serverTime }] });
    expect(settlement).toMatchObject({ ahead: [{ id: 'a', reason: 'occurred_at: is ahead', serverTime }], later: [] });
  });

  test('receipts for what was not sent change nothing', () => {
    const settlement = settle(['a'], {
      receipts: [
        { id: 'x', status: 'accepted' },
        { id: null, status: 'rejected', reason: 'not an event' },
      ],
    });
    expect(settlement).toEqual({ delivered: [], rejected: [], later: [], ahead: [], unanswered: ['a'] });
  });
});
