import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openComparisonWorld } from '../../comparison/testing/comparison-world.ts';
import { testApp } from '../../testing/test-app.ts';
import { breakingChanges, type ComparedDocument } from './breaking-changes.ts';
import { apiDocument } from './document.ts';

/**
 * What has been broken on purpose since the release whose document stands in docs/openapi.released.json, each with the
 * number of the decision. A new release replaces the document and empties this list.
 */
const DECIDED: Record<string, string> = {
  'GET /compare_price currency takes some values alone': 'decision 20',
  'GET /compare_price ship_to takes some values alone': 'decision 20',
  'GET /readyz 200 status may be stopping': 'decision 20',
  'POST /watches body currency takes some values alone': 'decision 20',
};

test('nothing that the last release promised is broken without a decision', async () => {
  const released = JSON.parse(
    await readFile(new URL('../../../docs/openapi.released.json', import.meta.url), 'utf8'),
  ) as ComparedDocument;
  const folder = await mkdtemp(join(tmpdir(), 'magpie-released-'));
  const world = await openComparisonWorld([], { redisUrl: null });
  const document = apiDocument(testApp(world, folder), { publicUrl: null });
  await world.close();
  await rm(folder, { recursive: true });
  expect(breakingChanges(released, document).sort()).toEqual(Object.keys(DECIDED).sort());
});

/** A document with one operation, which takes and answers these. */
function documentOf({
  parameters = [],
  answer = {},
  path = '/mugs',
}: {
  parameters?: { name: string; required: boolean; schema: object }[];
  answer?: object;
  path?: string;
}): ComparedDocument {
  return {
    paths: {
      [path]: {
        get: {
          parameters: parameters.map((parameter) => ({
            in: 'query' as const,
            ...parameter,
            schema: { ...parameter.schema },
          })),
          responses: { 200: { description: '', content: { 'application/json': { schema: { ...answer } } } } },
        },
      },
    },
    components: {
      schemas: { Mug: { type: 'object' } },
      responses: {},
      securitySchemes: {} as ComparedDocument['components']['securitySchemes'],
    },
  };
}

const text = { type: 'string' };
const object = (properties: object, required = Object.keys(properties)) => ({ type: 'object', properties, required });
const taking = (schema: object, required = false) => ({ parameters: [{ name: 'size', required, schema }] });

test.each([
  ['an operation that is gone', {}, { path: '/cups' }, ['GET /mugs is gone']],
  ['a parameter that is gone', taking(text), {}, ['GET /mugs no longer takes size']],
  ['a parameter that is needed', {}, taking(text, true), ['GET /mugs needs the new size']],
  ['a parameter that is needed now', taking(text), taking(text, true), ['GET /mugs needs size now']],
  ['a narrower enum', taking({ enum: ['s', 'l'] }), taking({ enum: ['s'] }), ['GET /mugs size no longer takes l']],
  ['a new enum', taking(text), taking({ enum: ['s'] }), ['GET /mugs size takes some values alone']],
  ['a lower maximum', taking({ maximum: 9 }), taking({ maximum: 8 }), ['GET /mugs size has a lower maximum']],
  [
    'a field that is gone',
    { answer: object({ a: text }) },
    { answer: object({}) },
    ['GET /mugs 200 may lack a', 'GET /mugs 200 has no a'],
  ],
  [
    'a field that may be missing',
    { answer: object({ a: text }) },
    { answer: object({ a: text }, []) },
    ['GET /mugs 200 may lack a'],
  ],
  [
    'a field that may be null',
    { answer: object({ a: { $ref: '#/components/schemas/Mug' } }) },
    { answer: object({ a: { anyOf: [{ $ref: '#/components/schemas/Mug' }, { type: 'null' }] } }) },
    ['GET /mugs 200 a may be null'],
  ],
  [
    'a type that is another',
    { answer: object({ a: text }) },
    { answer: object({ a: { type: 'number' } }) },
    ['GET /mugs 200 a is number and no longer string'],
  ],
  [
    'a new value of an answer',
    { answer: { enum: ['s'] } },
    { answer: { enum: ['s', 'l'] } },
    ['GET /mugs 200 may be l'],
  ],
  [
    'a list of such',
    { answer: { type: 'array', items: text } },
    { answer: { type: 'array', items: { type: ['string', 'null'] } } },
    ['GET /mugs 200[] may be null'],
  ],
])('%s is a breaking change', (_, was, is, changes) => {
  expect(breakingChanges(documentOf(was), documentOf(is))).toEqual(changes);
});

test.each([
  ['a new parameter', {}, taking(text)],
  ['a parameter that is needed no more', taking(text, true), taking(text)],
  ['a wider enum', taking({ enum: ['s'] }), taking({ enum: ['s', 'l'] })],
  ['a new field', { answer: object({}) }, { answer: object({ a: text }) }],
  [
    'a field that is never null',
    { answer: object({ a: { type: ['string', 'null'] } }) },
    { answer: object({ a: text }) },
  ],
])('%s is none', (_, was, is) => {
  expect(breakingChanges(documentOf(was), documentOf(is))).toEqual([]);
});
