import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SyncServer } from '../contract.ts';
import { type Step, schedules } from '../schedule.ts';
import { openServer } from './open-server.ts';
import { runSchedule } from './run-schedule.ts';

/** As many as a few seconds allow; `npm run check:sync` runs thousands. */
const N_SCHEDULES = 30;

let server: SyncServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

test('two devices and a server have the same in the end, whatever happens between', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(schedules, (steps) => runSchedule(server, steps)),
    { numRuns: N_SCHEDULES },
  );
});

/** What `npm run check:sync` once found, as short as it could make it. */
describe('as before', () => {
  const at = { fault: null, meanwhile: null } as const;
  const watch = (on: number): Step => ({ do: 'watch', on, item: 'lamp', fault: null });
  const rate = (on: number, value: number): Step => ({ do: 'rate', on, item: 'kettle', value, fault: null });

  test.each<[string, Step[]]>([
    ['a private change does not replace one that was to be sent', [watch(1), { do: 'sync off', on: 1 }, watch(1)]],
    [
      'what a restored backup has lost comes back from the device that sent it',
      [{ do: 'back up' }, rate(1, 4), { do: 'send', on: 1, ...at }, { do: 'restore' }],
    ],
    [
      'a backup from before the link',
      [{ do: 'back up' }, { do: 'link', fault: null }, rate(1, 4), { do: 'send', on: 1, ...at }, { do: 'restore' }],
    ],
  ])('%s', async (_, steps) => {
    await expect(runSchedule(server, steps)).resolves.toBeUndefined();
  });
});
