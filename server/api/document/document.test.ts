import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparisonSchema } from '../../../shared/api/comparison.ts';
import { deviceModelSchema, productCardsSchema } from '../../../shared/api/device-model.ts';
import { eventReceiptsSchema, eventSchema, ownEventsSchema } from '../../../shared/api/events.ts';
import { acceptedJobSchema, jobSchema } from '../../../shared/api/jobs.ts';
import { deletionReceiptSchema, exportedShopperSchema } from '../../../shared/api/people.ts';
import { productDetailSchema, productListSchema } from '../../../shared/api/products.ts';
import { recommendationsSchema } from '../../../shared/api/recommendations.ts';
import { callerSchema } from '../../../shared/api/session.ts';
import { shoppersSchema } from '../../../shared/api/shoppers.ts';
import { newWatchSchema, watchListSchema, watchSchema } from '../../../shared/api/watches.ts';
import { type ComparisonWorld, openComparisonWorld } from '../../comparison/testing/comparison-world.ts';
import { testApp } from '../../testing/test-app.ts';
import { trainPayloadSchema } from '../../training/job.ts';
import type { JsonSchema } from './component-schemas.ts';
import { type ApiDocument, answerOf, apiDocument, type Operation } from './document.ts';
import { EXAMPLES } from './examples.ts';

let folder: string;
let world: ComparisonWorld;
let document: ApiDocument;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-document-'));
  world = await openComparisonWorld([], { redisUrl: null });
  document = apiDocument(testApp(world, folder), { publicUrl: 'https://magpie.example' });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const operations = (): [name: string, operation: Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );

/** Paths of the fields in a schema that nothing describes. */
function undescribed(schema: JsonSchema, path: string): string[] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...(field.description === undefined ? [`${path}.${name}`] : []),
    ...undescribed(field, `${path}.${name}`),
  ]);
  const others = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [...fields, ...others.flatMap((other) => (other === undefined ? [] : undescribed(other, path)))];
}

describe('the document', () => {
  test('is OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate({ ...structuredClone(document) })).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  test('names the servers of the configuration, never those of a Host header', async () => {
    expect(document.servers).toEqual([{ url: 'https://magpie.example' }]);
    const response = await testApp(world, folder).request('/openapi.json', { headers: { host: 'localhost:99' } });
    expect(await response.json()).toMatchObject({ servers: [{ url: '/' }] });
  });

  test('gives every operation an id of its own, a tag that is described, a summary and an answer that is no error', () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
    const described = new Set(document.tags.map(({ name }) => name));
    for (const [name, { tags = [], summary, responses }] of operations()) {
      expect(tags.length, name).toBeGreaterThan(0);
      expect(
        tags.filter((tag) => !described.has(tag)),
        name,
      ).toEqual([]);
      expect(summary, name).toBeTruthy();
      expect(
        Object.keys(responses).some((status) => status < '400'),
        name,
      ).toBe(true);
    }
  });

  test('describes every schema, field and parameter', () => {
    const schemas = Object.entries(document.components.schemas);
    expect(schemas.filter(([, { description }]) => !description).map(([id]) => id)).toEqual([]);
    expect(schemas.flatMap(([id, schema]) => undescribed(schema, id))).toEqual([]);
    const parameters = operations().flatMap(([name, { parameters = [] }]) =>
      parameters.filter(({ description }) => !description).map((parameter) => `${name} ${parameter.name}`),
    );
    expect(parameters).toEqual([]);
  });

  test('has an example for every body that is text', () => {
    const missing = operations().flatMap(([name, { requestBody, responses }]) =>
      [
        ['request', requestBody] as const,
        ...Object.entries(responses).map(([status, answer]) => [status, answerOf(document, answer)] as const),
      ].flatMap(([part, body]) =>
        Object.entries(body?.content ?? {})
          .filter(([, { schema, example }]) => schema?.['format'] !== 'binary' && example === undefined)
          .map(([type]) => `${name} ${part} ${type}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('lets only those fields be null that may be', () => {
    const money = { $ref: '#/components/schemas/Money' };
    const { Money, ComparedOffer } = document.components.schemas;
    expect(Money?.type).toBe('object');
    expect(ComparedOffer?.properties?.['price']).toMatchObject(money);
    expect(ComparedOffer?.properties?.['shipping']).toMatchObject({ anyOf: [money, { type: 'null' }] });
  });

  test('names the errors that follow from class and method', () => {
    const statuses = (path: string, method: string) => Object.keys(document.paths[path]?.[method]?.responses ?? {});
    expect(statuses('/healthz', 'get')).toEqual(['200', '400', '421', '429', '431', '500', '503']);
    expect(statuses('/watches', 'post')).toEqual([
      '200',
      '201',
      '400',
      '401',
      '403',
      '404',
      '409',
      '410',
      '413',
      '415',
      '421',
      '429',
      '431',
      '500',
      '503',
      '507',
    ]);
    expect(statuses('/jobs/{id}', 'get')).toContain('304');
  });

  test('names the schemes that its operations use', () => {
    const used = operations().flatMap(([, operation]) =>
      (operation.security ?? []).flatMap((schemes) => Object.keys(schemes)),
    );
    expect(new Set(used)).toEqual(new Set(Object.keys(document.components.securitySchemes)));
  });

  test('says what each event of a job’s stream carries', () => {
    expect(document.components.schemas['JobEvent']?.anyOf).toContainEqual(
      expect.objectContaining({
        properties: expect.objectContaining({
          event: expect.objectContaining({ const: 'shop' }),
          data: expect.objectContaining({
            contentSchema: expect.objectContaining({ $ref: '#/components/schemas/ShopResult' }),
          }),
        }),
      }),
    );
  });
});

test.each(
  Object.entries({
    AcceptedJob: acceptedJobSchema,
    Caller: callerSchema,
    Comparison: comparisonSchema,
    DeletionReceipt: deletionReceiptSchema,
    DeviceModel: deviceModelSchema,
    EventReceipts: eventReceiptsSchema,
    ExportedShopper: exportedShopperSchema,
    Job: jobSchema,
    NewWatch: newWatchSchema,
    OwnEvents: ownEventsSchema,
    ProductCards: productCardsSchema,
    ProductDetail: productDetailSchema,
    ProductList: productListSchema,
    Recommendations: recommendationsSchema,
    Shoppers: shoppersSchema,
    Training: trainPayloadSchema,
    Watch: watchSchema,
    WatchList: watchListSchema,
  }),
)('the example of %s is one', (id, schema) => {
  const example = EXAMPLES[id as keyof typeof EXAMPLES];
  expect(schema.parse(example)).toEqual(example);
});

test('the example of a batch has an event that would be accepted', () => {
  expect(eventSchema.parse(EXAMPLES.EventBatch.events[0])).toEqual(EXAMPLES.EventBatch.events[0]);
});
