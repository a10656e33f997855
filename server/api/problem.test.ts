import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { ComparisonError } from '../comparison/comparisons.ts';
import { QueueFullError } from '../jobs/job-queue.ts';
import { LimitReachedError } from '../limits/rate-limiter.ts';
import { answerProblem, stoppingProblem } from './problem.ts';

test.each([
  ['a comparison that was not made', new ComparisonError('No worker is running.'), 503],
  ['a queue that is full', new QueueFullError(240, false), 503],
  ['a client whose jobs wait', new QueueFullError(60, true), 429],
  ['a limit', new LimitReachedError({ name: 'searches', points: 240, windowS: 60 }, 1500), 429],
  ['a server that stops', stoppingProblem(), 503],
])('%s says when to come back', async (_, error, status) => {
  const app = new Hono().onError(answerProblem).get('/', () => {
    throw error;
  });
  const response = await app.request('/');
  expect(response.status).toBe(status);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
});
