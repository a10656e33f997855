import { address } from './address.ts';
import type { AnyRequest, JobPath, OperationOf, PathWith, Request, ResultOf } from './operations.ts';
import type { components } from './schema.ts';

export type { Request } from './operations.ts';
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

  delete<P extends PathWith<'delete'>>(
    path: P,
    ...[request]: Arguments<OperationOf<P, 'delete'>>
  ): Promise<ResultOf<OperationOf<P, 'delete'>>> {
    return this.#send('DELETE', path, request) as Promise<ResultOf<OperationOf<P, 'delete'>>>;
  }

  /** Starts the job of an operation that takes `async=true`, to be followed at `/jobs/{id}`. */
  start<P extends JobPath>(path: P, request: Request<OperationOf<P, 'get'>>): Promise<Schemas['AcceptedJob']> {
    const { query } = request as AnyRequest;
    return this.#send('GET', path, { ...request, query: { ...query, async: 'true' } }) as Promise<
      Schemas['AcceptedJob']
    >;
  }

  async #send(method: string, path: string, request: AnyRequest = {}): Promise<unknown> {
    const { baseUrl, token, fetch: send = fetch } = this.#options;
    const { body, signal } = request;
    const url = new URL(address(path, request), baseUrl);
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
