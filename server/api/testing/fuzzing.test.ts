import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ComparisonWorld, openComparisonWorld } from '../../comparison/testing/comparison-world.ts';
import { testApp } from '../../testing/test-app.ts';
import { TEST_OPERATOR_TOKEN } from '../../testing/test-gate.ts';
import { apiDocument } from '../document/document.ts';
import { answerCheck } from './answer-check.ts';
import { requestsFor } from './requests.ts';

const N_REQUESTS = 600;

let folder: string;
let world: ComparisonWorld;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-fuzzing-'));
  world = await openComparisonWorld([], { redisUrl: null });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

test('whatever is sent, the answer is one that the document promises', async () => {
  const app = testApp(world, folder);
  const document = apiDocument(app, { publicUrl: null });
  const check = answerCheck(document);
  const property = fc.asyncProperty(requestsFor(document), async ({ operation, method, path, headers, body }) => {
    const response = await app.request(path, {
      method,
      headers: { ...headers, host: 'localhost', authorization: `Bearer ${TEST_OPERATOR_TOKEN}` },
      ...(body !== undefined && { body }),
    });
    const { status } = response;
    const contentType = response.headers.get('content-type');
    expect(check({ operation, status, contentType, body: await response.text() })).toBeNull();
  });
  await fc.assert(property, { numRuns: N_REQUESTS });
}, 60_000);
