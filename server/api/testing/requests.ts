import fc from 'fast-check';
import type { JsonSchema } from '../document/component-schemas.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { anyBody, anyJson, anyText } from './hostile-values.ts';

export interface FuzzedRequest {
  /** Of the document. */
  operation: string;
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/**
 * Requests to the operations of a document: values that its schemas allow, next to values that they do not, in queries,
 * paths, headers and bodies.
 */
export function requestsFor(document: ApiDocument): fc.Arbitrary<FuzzedRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => requestFor(document, { path, method, operation })),
  );
  return fc.oneof(...operations);
}

function requestFor(
  document: ApiDocument,
  { path, method, operation }: { path: string; method: string; operation: Operation },
): fc.Arbitrary<FuzzedRequest> {
  const { parameters = [], requestBody } = operation;
  const valuesIn = (place: 'path' | 'query' | 'header') =>
    Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in === place)
        .map(({ name, schema, example }) => [name, textFor(document, schema, example)]),
    );
  const bodySchema = requestBody?.content['application/json']?.schema;
  const body =
    bodySchema === undefined
      ? fc.constant(undefined)
      : fc.oneof(
          { weight: 2, arbitrary: valueFor(document, bodySchema).map((value) => JSON.stringify(value)) },
          { weight: 1, arbitrary: anyBody },
        );
  return fc
    .record({
      inPath: fc.record(valuesIn('path')),
      query: fc.record(valuesIn('query'), { requiredKeys: [] }),
      unknown: seldom(fc.tuple(anyText, anyText)),
      headers: fc.record(
        { ...valuesIn('header'), accept: anyText, 'if-none-match': anyText, cookie: anyText },
        { requiredKeys: [] },
      ),
      contentType: fc.oneof(
        { weight: 9, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: anyText },
      ),
      body,
    })
    .map(({ inPath, query, unknown, headers, contentType, body }) => {
      const filled = path.replaceAll(/\{(.+?)\}/g, (_, name: string) => inUrl(inPath[name] ?? '') || '%20');
      const pairs = [...Object.entries(query), ...(unknown === null ? [] : [unknown])];
      const search = pairs.map(([name, value]) => `${inUrl(name)}=${inUrl(value ?? '')}`).join('&');
      return {
        operation: `${method} ${path}`,
        method: method.toUpperCase(),
        path: search === '' ? filled : `${filled}?${search}`,
        headers: Object.fromEntries(
          Object.entries({ ...headers, ...(body !== undefined && { 'content-type': contentType }) }).map(
            ([name, value]) => [name, inHeader(value ?? '')],
          ),
        ),
        ...(body !== undefined && { body }),
      };
    });
}

/** Null most of the time: what such a value spoils says nothing of the rest of the request. */
function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

/** A value of a parameter, as text. */
function textFor(document: ApiDocument, schema: JsonSchema, example: unknown): fc.Arbitrary<string> {
  const valid = [
    valueFor(document, schema).map(String),
    ...(example === undefined ? [] : [fc.constant(String(example))]),
  ];
  return fc.oneof({ weight: 3, arbitrary: fc.oneof(...valid) }, { weight: 1, arbitrary: anyText });
}

/** Mostly what a schema allows, as far as its types and enums go; its patterns are met by chance. */
function valueFor(document: ApiDocument, schema: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: allowedBy(document, schema) }, { weight: 1, arbitrary: anyJson });
}

function allowedBy(document: ApiDocument, schema: JsonSchema): fc.Arbitrary<unknown> {
  const { $ref, anyOf, type, properties, items } = schema;
  const target = $ref === undefined ? undefined : document.components.schemas[$ref.split('/').at(-1) ?? ''];
  if (target !== undefined) return allowedBy(document, target);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((each) => allowedBy(document, each)));
  switch (type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(properties ?? {}).map(([name, field]) => [name, valueFor(document, field)])),
        { requiredKeys: schema.required ?? [] },
      );
    case 'array':
      return fc.array(valueFor(document, items ?? {}), { maxLength: 5 });
    case 'integer':
      return fc.integer({ min: Number(schema['minimum'] ?? 0), max: Number(schema['maximum'] ?? 1000) });
    case 'number':
      return fc.double({ noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return textOfFormat(schema['format']);
    default:
      return anyJson;
  }
}

function textOfFormat(format: unknown): fc.Arbitrary<string> {
  switch (format) {
    case 'uuid':
      return fc.uuid();
    case 'date-time':
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    default:
      return fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), anyText);
  }
}

/** Percent-encoded; halves of surrogate pairs, which have no UTF-8, are left as an invalid byte. */
function inUrl(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
}

/** What HTTP lets stand in a header: clients refuse to send anything else. */
function inHeader(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e]/g, '').trim();
}
