import type { components, paths } from './schema.ts';

export type { components, operations, paths } from './schema.ts';

export type Schemas = components['schemas'];

export interface ClientOptions {
  /** Where the server is, such as `https://magpie.example`. */
  baseUrl: string;
  /** A key, a device's secret or the operator's token; none for what is public. */
  token?: string;
  /** The platform's own where it is not given. */
  fetch?: typeof fetch;
}

/** An answer that is an error, with what the server says of it (RFC 9457). */
export class MagpieError extends Error {
  override readonly name = 'MagpieError';
  readonly status: number;
  readonly problem: Schemas['Problem'];

  constructor(problem: Schemas['Problem']) {
    super([problem.title, problem.detail, problem.action].filter(Boolean).join(' '));
    this.status = problem.status;
    this.problem = problem;
  }
}

type Method = 'get' | 'post' | 'delete';
type PathWith<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths];
type OperationOf<P extends keyof paths, M extends Method> =
  paths[P] extends Record<M, infer Operation> ? Operation : never;
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
/** What a call gives: the answer of 200 where there is one, else that of 201, 202 or 204. */
type ResultOf<Operation> =
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

interface AnyRequest {
  query?: object;
  path?: object;
  body?: unknown;
  signal?: AbortSignal;
}

type Arguments<Operation> =
  Partial<Request<Operation>> extends Request<Operation>
    ? [request?: Request<Operation>]
    : [request: Request<Operation>];

/** Calls the API by the paths of its document. Each call rejects with `MagpieError` where the server refuses it. */
export class MagpieClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  get<P extends PathWith<'get'>>(
    path: P,
    ...[request]: Arguments<OperationOf<P, 'get'>>
  ): Promise<ResultOf<OperationOf<P, 'get'>>> {
    return this.#send('GET', path, request) as Promise<ResultOf<OperationOf<P, 'get'>>>;
  }

  post<P extends PathWith<'post'>>(
    path: P,
    ...[request]: Arguments<OperationOf<P, 'post'>>
  ): Promise<ResultOf<OperationOf<P, 'post'>>> {
    return this.#send('POST', path, request) as Promise<ResultOf<OperationOf<P, 'post'>>>;
  }

  async delete<P extends PathWith<'delete'>>(
    path: P,
    ...[request]: Arguments<OperationOf<P, 'delete'>>
  ): Promise<void> {
    await this.#send('DELETE', path, request);
  }

  /** Starts the job of an operation that takes `async=true`, to be followed at `/jobs/{id}`. */
  start<P extends '/compare_price' | '/recommendations'>(
    path: P,
    request: Request<OperationOf<P, 'get'>>,
  ): Promise<Schemas['AcceptedJob']> {
    const { query } = request as AnyRequest;
    return this.#send('GET', path, { ...request, query: { ...query, async: 'true' } }) as Promise<
      Schemas['AcceptedJob']
    >;
  }

  async #send(
    method: string,
    path: string,
    { path: inPath = {}, query = {}, body, signal }: AnyRequest = {},
  ): Promise<unknown> {
    const { baseUrl, token, fetch: send = fetch } = this.#options;
    const values = new Map<string, unknown>(Object.entries(inPath));
    const filled = path.replaceAll(/\{(.+?)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
    const url = new URL(filled, baseUrl);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await send(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    if (!response.ok) throw new MagpieError(await problemOf(response));
    return response.status === 204 ? undefined : response.json();
  }
}

/** A proxy in between may answer with something else than problem details. */
async function problemOf(response: Response): Promise<Schemas['Problem']> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  if (isProblem) return (await response.json()) as Schemas['Problem'];
  await response.body?.cancel();
  return { type: 'about:blank', title: `The server answered ${response.status}.`, status: response.status };
}
