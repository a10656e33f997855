import { expect, test } from 'vitest';
import type { ShopperEvent } from '../../../shared/api/events.ts';
import type { Activity } from '../../offline/schema.ts';
import { mergeOwnEvents } from './own-events.ts';

const viewed = { item_id: 'kettle', type: 'view', value: 1, occurred_at: '2026-11-22T10:00:00.000Z' } as const;
const rated = { item_id: 'lamp', type: 'rating', value: 5, occurred_at: '2026-11-22T11:00:00.000Z' } as const;
const unsent = (event: typeof viewed | typeof rated): ShopperEvent => ({ ...event, id: 'x', user_id: '7' });
const activity = (event: typeof viewed | typeof rated): Activity => ({
  ...event,
  user_id: '7',
  title: '',
  image: null,
  id: 'x',
  is_confirmed: false,
});

test('an event that several know counts once, in the order in which things happened', () => {
  const events = mergeOwnEvents({
    history: [viewed],
    unsent: [unsent(rated), unsent(viewed)],
    activity: [activity(rated)],
  });
  expect(events).toEqual([
    { itemId: 'kettle', type: 'view', value: 1 },
    { itemId: 'lamp', type: 'rating', value: 5 },
  ]);
});

test('the same moment written in another way is the same moment', () => {
  const other = { ...viewed, occurred_at: '2026-11-22T10:00:00Z' };
  expect(mergeOwnEvents({ history: [other], unsent: [unsent(viewed)], activity: [] })).toHaveLength(1);
});

test('looking twice is two events', () => {
  const again = { ...viewed, occurred_at: '2026-11-22T12:00:00.000Z' };
  expect(mergeOwnEvents({ history: [viewed, again], unsent: [], activity: [] })).toHaveLength(2);
});
