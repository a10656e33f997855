import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { watchChangeSchema } from '../../../shared/api/changes.ts';
import { eventSchema } from '../../../shared/api/events.ts';
import { JOB_EVENTS } from '../../../shared/api/jobs.ts';
import { problemSchema } from '../../../shared/api/problem.ts';
import { revalidates } from '../revalidated.ts';
import { type DeclaredRoute, declaredRoutes } from '../route-access.ts';
import { ComponentSchemas, type JsonSchema } from './component-schemas.ts';
import { commonErrors, ERROR_ANSWERS, type ErrorStatus } from './error-answers.ts';
import { EXAMPLES } from './examples.ts';
import { SECURITY_SCHEMES, TAGS } from './preamble.ts';

type Definition = OpenAPIHono['openAPIRegistry']['definitions'][number];
type Route = Extract<Definition, { type: 'route' }>['route'];

interface MediaType {
  schema?: JsonSchema;
  example?: unknown;
}

interface Answer {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Record<string, MediaType>;
}

interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
}

export interface Operation {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, MediaType> };
  responses: Record<string, Answer | { $ref: string }>;
  [extension: `x-${string}`]: unknown;
}

export interface ApiDocument {
  openapi: '3.1.0';
  info: Record<string, unknown>;
  servers: { url: string }[];
  tags: typeof TAGS;
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, Answer>;
    securitySchemes: typeof SECURITY_SCHEMES;
  };
}

const PROBLEM = 'application/problem+json';

/**
 * The API as an OpenAPI 3.1 document, made from the routes as they are declared.
 * @param publicUrl where clients reach the API; null: where they had the document from.
 */
export function apiDocument(app: OpenAPIHono, { publicUrl }: { publicUrl: string | null }): ApiDocument {
  const schemas = new ComponentSchemas();
  // The batches refer to these by name, since each event and change is judged by itself.
  schemas.of(eventSchema);
  schemas.of(watchChangeSchema);
  const declared = new Map(declaredRoutes(app).map((route) => [`${route.method} ${route.path}`, route]));
  const paths: ApiDocument['paths'] = {};
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue;
    const { route } = definition;
    const access = declared.get(`${route.method.toUpperCase()} ${route.path.replaceAll(/\{(.+?)\}/g, ':$1')}`);
    if (access === undefined) throw new Error(`the route ${route.method} ${route.path} declares no access`);
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, access, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Magpie',
      version: '0.1.0',
      summary: 'Recommendations and price comparison.',
      description:
        'Money is a decimal string and an ISO 4217 code, never a float; instants are ISO 8601 in UTC. Errors are RFC 9457 problem details with an `action`. Query parameters that an operation does not have are refused; unknown fields of a body are ignored, so that newer clients may send more; those of a training are refused, since each would cost one.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl ?? '/' }],
    tags: TAGS,
    paths,
    components: { responses: sharedErrors(schemas), schemas: schemas.all(), securitySchemes: SECURITY_SCHEMES },
  };
}

/** An answer of an operation, looked up where it is shared. */
export function answerOf({ components }: Pick<ApiDocument, 'components'>, answer: Answer | { $ref: string }): Answer {
  return '$ref' in answer ? components.responses[answer.$ref.split('/').at(-1) ?? '']! : answer;
}

function sharedErrors(schemas: ComponentSchemas): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(ERROR_ANSWERS).map(([status, { name, description }]) => [
      name,
      {
        description,
        ...((status === '429' || status === '503') && {
          headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
        }),
        content: contentOf({ [PROBLEM]: { schema: problemSchema } }, schemas, Number(status)),
      },
    ]),
  );
}

function operationOf(route: Route, access: DeclaredRoute, schemas: ComponentSchemas): Operation {
  const { method, path, request, responses, ...rest } = route;
  const parameters = [
    ...parametersOf('path', request?.params, schemas),
    ...parametersOf('query', request?.query, schemas),
    ...parametersOf('header', request?.headers, schemas),
  ];
  const body = request?.body;
  return {
    ...(rest as Pick<Operation, 'operationId' | 'tags' | 'summary' | 'description'>),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: body.required ?? false, content: contentOf(body.content, schemas) } }),
    responses: answersOf(route, access, schemas),
  };
}

function answersOf(route: Route, access: DeclaredRoute, schemas: ComponentSchemas): Operation['responses'] {
  const answers: Record<string, Answer | { $ref: string }> = {};
  for (const [status, declared] of Object.entries(route.responses)) {
    if ('$ref' in declared) continue; // no route declares one
    const { description, content, headers } = declared;
    answers[status] = {
      description: description ?? '',
      ...(headers instanceof z.ZodObject && { headers: headersOf(headers, schemas) }),
      ...(content && { content: contentOf(content, schemas, Number(status)) }),
    };
  }
  if (revalidates(route.method, route.path)) {
    answers['304'] = { description: 'Nothing has changed since the `ETag` that `If-None-Match` names' };
  }
  if (answers['202'] !== undefined && !('$ref' in answers['202'])) {
    answers['202'].headers = { Location: { description: 'Path of the job.', schema: { type: 'string' } } };
  }
  const parts = {
    hasBody: route.request?.body !== undefined,
    namesEntry: route.path.includes('{') || hasCursor(route),
  };
  for (const status of commonErrors(access, parts)) {
    answers[status] ??= { $ref: `#/components/responses/${ERROR_ANSWERS[status].name}` };
  }
  return answers;
}

function hasCursor({ request }: Route): boolean {
  return request?.query instanceof z.ZodObject && 'cursor' in request.query.shape;
}

function contentOf(content: object, schemas: ComponentSchemas, status = 200): Record<string, MediaType> {
  const types = Object.entries(content as Record<string, { schema?: unknown }>);
  return Object.fromEntries(
    types.map(([type, { schema }]) => {
      const json = schema instanceof z.ZodType ? schemas.of(schema) : {};
      if (type === 'text/event-stream') return [type, { schema: jobEvent(schemas), example: EXAMPLES.JobEvents }];
      return [type, { schema: json, ...exampleOf(type, json, status) }];
    }),
  );
}

function exampleOf(type: string, { $ref }: JsonSchema, status: number): { example?: unknown } {
  if (type === PROBLEM) return { example: problemExample(status) };
  const id = $ref?.split('/').at(-1);
  return id !== undefined && id in EXAMPLES ? { example: EXAMPLES[id as keyof typeof EXAMPLES] } : {};
}

function problemExample(status: number): unknown {
  return {
    type: 'about:blank',
    title: ERROR_ANSWERS[status as ErrorStatus]?.title ?? 'The request failed',
    status,
    instance: 'urn:request:0f9a4c1e-3b7d-4e55-8f3a-2b1c0d9e8f7a',
    ...(status === 400 && {
      detail: 'limit: is not a whole number in decimal digits',
      action: 'Correct the fields named in `errors` and send it again.',
      errors: [{ path: 'limit', message: 'is not a whole number in decimal digits' }],
    }),
  };
}

/** One message of the event stream, in the way of OpenAPI 3.2: the fields of a message, its `data` being text with a schema. */
function jobEvent(schemas: ComponentSchemas): JsonSchema {
  const events = Object.entries(JOB_EVENTS).map(([name, data]) =>
    z.object({
      id: z.string().optional().describe('To be sent as `Last-Event-ID`, so that a stream goes on after it.'),
      event: z.literal(name).describe('Name of the event.'),
      data: z.string().meta({
        description: data.description,
        contentMediaType: 'application/json',
        contentSchema: schemas.of(data),
      }),
    }),
  );
  return schemas.of(z.union(events).meta({ id: 'JobEvent', description: 'One message of a job’s event stream.' }));
}

function parametersOf(place: Parameter['in'], schema: unknown, schemas: ComponentSchemas): Parameter[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const { properties = {}, required = [] } = schemas.of(schema);
  return Object.entries(properties).map(([name, { description, example, ...json }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: json,
    ...(example !== undefined && { example }),
  }));
}

function headersOf(schema: z.ZodObject, schemas: ComponentSchemas): NonNullable<Answer['headers']> {
  const { properties = {} } = schemas.of(schema);
  return Object.fromEntries(
    Object.entries(properties).map(([name, { description = '', ...json }]) => [name, { description, schema: json }]),
  );
}
