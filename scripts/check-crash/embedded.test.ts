import { expect, test } from 'vitest';
import { crashEmbedded } from './embedded.ts';

test('a server that is killed three times loses, doubles and strands nothing that clients were promised', async () => {
  const { summary, faults } = await crashEmbedded({ nKills: 3, seed: 7, say: () => {} });
  expect(faults).toEqual([]);
  expect(summary).toMatch(/^[1-9]\d+ events acknowledged: 0 lost, 0 doubled\n.* × comparison completed/);
}, 120_000);
