import { expect, test } from 'vitest';
import { describeBatchRanker } from '../../testing/batch-ranker.compliance.ts';

test('what is tested here are Web Workers of Chromium over shared memory', () => {
  expect(navigator.userAgent).toMatch(/Chrome\//);
  expect(crossOriginIsolated).toBe(true);
});

describeBatchRanker('in two Web Workers', /^threads \(2\)$/, { nThreads: 2 });
