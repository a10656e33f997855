import { expect, test, vi } from 'vitest';
import { announceChange, announceForgotten, joinOtherTabs, onStoreChange, type StoreChange } from './changes.ts';

test('a change is announced at once, by its part, until the listening ends', () => {
  const changes: StoreChange[] = [];
  const end = onStoreChange((change) => changes.push(change));
  announceChange('activity');
  announceChange('outbox');
  announceChange('activity');
  expect(changes).toEqual(['activity', 'outbox', 'activity']);
  end();
  announceChange('watches');
  expect(changes).toHaveLength(3);
});

test('tabs hear of each other’s changes, and a tab not of its own twice', async () => {
  const otherTab = new BroadcastChannel('magpie-store');
  const heardThere: unknown[] = [];
  otherTab.addEventListener('message', ({ data }) => heardThere.push(data));
  const heardHere: (StoreChange | 'forgotten')[] = [];
  const leave = joinOtherTabs(() => heardHere.push('forgotten'));
  const end = onStoreChange((change) => heardHere.push(change));
  try {
    announceChange('settings');
    announceForgotten();
    otherTab.postMessage('watches');
    otherTab.postMessage('forgotten');
    await vi.waitFor(() =>
      expect([heardHere, heardThere]).toEqual([
        ['settings', 'watches', 'forgotten'],
        ['settings', 'forgotten'],
      ]),
    );
  } finally {
    end();
    leave();
    otherTab.close();
  }
});
