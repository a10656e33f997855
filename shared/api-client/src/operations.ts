/** What each path of the API's document takes and gives, read off the types that are made from it. */
import type { paths } from './schema.ts';

export type Method = 'get' | 'post' | 'delete';
export type PathWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];
export type OperationOf<P extends keyof paths, M extends Method> =
  paths[P] extends Record<M, infer Operation> ? Operation : never;
/** Paths whose operation becomes a job where `async=true` is asked for. */
export type JobPath = '/compare_price' | '/recommendations';

type QueryOf<Operation> = Operation extends { parameters: { query?: infer Query } }
  ? [NonNullable<Query>] extends [never]
    ? never
    : Omit<NonNullable<Query>, 'async'>
  : never;
type PathOf<Operation> = Operation extends { parameters: { path: infer Path } } ? Path : never;
type BodyOf<Operation> = Operation extends { requestBody?: infer Body }
  ? NonNullable<Body> extends { content: { 'application/json': infer Json } }
    ? Json
    : never
  : never;
type JsonOf<Answer> = Answer extends { content: { 'application/json': infer Json } } ? Json : undefined;
type AnswersOf<Operation> = Operation extends { responses: infer Answers } ? Answers : never;

/** What a call gives: the answer of 200 where there is one, else that of 202; nothing for 204. */
export type ResultOf<Operation> =
  AnswersOf<Operation> extends { 200: infer Answer }
    ? JsonOf<Answer>
    : AnswersOf<Operation> extends { 202: infer Answer }
      ? JsonOf<Answer>
      : undefined;

type Given<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : Partial<Value> extends Value
    ? { [N in Name]?: Value }
    : { [N in Name]: Value };

/** What a call takes: only what the operation has, and what it needs. */
export type Request<Operation> = Given<'query', QueryOf<Operation>> &
  Given<'path', PathOf<Operation>> &
  Given<'body', BodyOf<Operation>> & { signal?: AbortSignal };

/** A request to some operation. */
export interface AnyRequest {
  query?: object;
  path?: object;
  body?: unknown;
  signal?: AbortSignal;
}
