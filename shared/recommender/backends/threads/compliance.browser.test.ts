import { expect, test } from 'vitest';
import { describeComputeBackend } from '../../testing/compute-backend.compliance.ts';
import { PROBLEMS } from '../../testing/test-problems.ts';
import { threadsBackend } from './threads-backend.ts';

const backend = threadsBackend({ nThreads: 2 });

test('what is tested here are two Web Workers of Chromium over shared memory', async () => {
  expect(navigator.userAgent).toMatch(/Chrome\//);
  expect(crossOriginIsolated).toBe(true);
  const space = await backend.open(PROBLEMS[0]!.problem);
  expect(space.engine).toBe('threads (2)');
  space.close();
});

describeComputeBackend('threads', backend, { tolerance: 1e-5 });
