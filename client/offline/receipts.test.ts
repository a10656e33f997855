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
    expect(settlement).toEqual({ delivered: ['a', 'b'], rejected: [], later: [], unanswered: ['c'] });
  });

  test('a rejection carries its reason', () => {
    const settlement = settle(['a', 'b'], {
      receipts: [
        { id: 'b', status: 'rejected' },
        { id: 'a', status: 'rejected', reason: 'value: a rating is from 1 to 5' },
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

  test('receipts for what was not sent change nothing', () => {
    const settlement = settle(['a'], {
      receipts: [
        { id: 'x', status: 'accepted' },
        { id: null, status: 'rejected', reason: 'not an event' },
      ],
    });
    expect(settlement).toEqual({ delivered: [], rejected: [], later: [], unanswered: ['a'] });
  });
});
