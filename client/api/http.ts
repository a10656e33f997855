import type { Problem } from '../../shared/api/problem.ts';
import { address } from '../../shared/api-client/src/address.ts';
import type {
  AnyRequest,
  JobPath,
  OperationOf,
  PathWith,
  Request,
  ResultOf,
} from '../../shared/api-client/src/operations.ts';
import { connection, reportServer } from './connection.ts';
import { retryAfterMs } from './retry-after.ts';
import { SAVED_AT_HEADER } from './saved-at-header.ts';
import { misfit, type Shape, shape } from './shape.ts';
import { ACCEPTED_JOB } from './shapes.ts';

/** RFC 9457 problem details. */
const PROBLEM = shape<Problem>({ title: 'string', detail: 'string?', action: 'string?' });

/** An answer of the shape that the API promises. */
export interface Answer<T> {
  data: T;
  /** When it was kept on this device; null: it comes from the server. */
  savedAt: Date | null;
}

/** `unreachable`: no answer. `refused`: an answer that says no. `unreadable`: an answer of another shape. */
export type ApiErrorKind = 'unreachable' | 'refused' | 'unreadable';

/** A failed request in words for people: what happened, what it means, what to do. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ApiErrorKind;
  /** HTTP status, where there was an answer. */
  readonly status: number | null;
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  /** From `Retry-After`. */
  readonly retryAfterMs: number | null;

  constructor(failure: {
    kind: ApiErrorKind;
    title: string;
    detail: string;
    action: string;
    status?: number;
    retryAfterMs?: number | null;
    cause?: unknown;
  }) {
    super(`${failure.title}: ${failure.detail}`, { cause: failure.cause });
    this.kind = failure.kind;
    this.status = failure.status ?? null;
    this.title = failure.title;
    this.detail = failure.detail;
    this.action = failure.action;
    this.retryAfterMs = failure.retryAfterMs ?? null;
  }

  /** Whether the same request may go through later, unchanged. */
  get isTemporary(): boolean {
    return this.kind === 'unreachable' || this.status === 408 || this.status === 429 || (this.status ?? 0) >= 500;
  }
}

/** Whatever was thrown, as an Error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function unreachable(cause: unknown): ApiError {
  if (connection() === 'offline') {
    return new ApiError({
      kind: 'unreachable',
      title: 'You are offline',
      detail: 'This has not been saved on this device yet.',
      action: 'It loads by itself as soon as there is a network.',
      cause,
    });
  }
  return new ApiError({
    kind: 'unreachable',
    title: 'Magpie’s server does not answer',
    detail: 'Your device has a network, but nothing answers at this address.',
    action: 'Try again in a moment; if it stays, the operator of this server should look at it.',
    cause,
  });
}

async function refused(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => null);
  const problem = misfit(PROBLEM, answer) === null ? (answer as Problem) : null;
  return new ApiError({
    kind: 'refused',
    status: response.status,
    title: problem?.title ?? `The server answered ${response.status}`,
    detail: problem?.detail ?? 'It gave no reason.',
    action: problem?.action ?? 'Try again in a moment.',
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
  });
}

/** Beginnings of the paths that are about one shopper. All others are everybody's: they are asked without saying who asks. */
const SHOPPERS_OWN = ['/recommendations', '/events', '/changes', '/watches', '/devices', '/me', '/jobs'];

let deviceToken: string | null = null;

/** Sets the token that proves the device's own shopper to be its own. The server ignores it for public shoppers. */
export function authorizeDevice(token: string | null): void {
  deviceToken = token;
}

async function request<T>(method: string, path: string, given: AnyRequest, wanted: Shape<T>): Promise<Answer<T>> {
  const headers = new Headers({ accept: 'application/json' });
  const isOwn = SHOPPERS_OWN.some((own) => path === own || path.startsWith(`${own}/`));
  if (isOwn && deviceToken !== null) headers.set('authorization', `Bearer ${deviceToken}`);
  const init: RequestInit = { method, headers, signal: given.signal ?? null };
  if (given.body !== undefined) {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(given.body);
  }
  let response: Response;
  try {
    response = await fetch(address(path, given), init);
  } catch (cause) {
    if (given.signal?.aborted) throw cause;
    reportServer(false);
    throw unreachable(cause);
  }
  const savedAt = response.headers.get(SAVED_AT_HEADER);
  reportServer(savedAt === null);
  if (!response.ok) throw await refused(response);
  const data = checked(wanted, await response.json().catch(() => undefined));
  return { data, savedAt: savedAt === null ? null : new Date(savedAt) };
}

/** @throws ApiError of kind `unreadable` where the value is not what the API promises */
export function checked<T>(wanted: Shape<T>, value: unknown): T {
  const wrong = misfit(wanted, value);
  if (wrong === null) return value as T;
  throw new ApiError({
    kind: 'unreadable',
    title: 'The answer cannot be read',
    detail: `The server and this page seem to be of different versions (${wrong || 'no JSON'}).`,
    action: 'Reload the page to get the newest version.',
  });
}

type Get<P extends PathWith<'get'>> = OperationOf<P, 'get'>;
type Post<P extends PathWith<'post'>> = OperationOf<P, 'post'>;
type Delete<P extends PathWith<'delete'>> = OperationOf<P, 'delete'>;

/**
 * Paths, parameters and answers are those of the API's document; the shape is what is left of it where the server is of
 * another version.
 *
 * @throws ApiError; the signal's reason when it aborts
 */
export function getJson<P extends PathWith<'get'>>(
  path: P,
  given: Request<Get<P>>,
  wanted: Shape<ResultOf<Get<P>>>,
): Promise<Answer<ResultOf<Get<P>>>> {
  return request('GET', path, given, wanted);
}

/** Starts the job of an operation, to be followed by `jobEvents`. @returns its id @throws as `getJson` does */
export async function startJob<P extends JobPath>(path: P, given: Request<Get<P>>): Promise<string> {
  const { query, ...rest }: AnyRequest = given;
  const { data } = await request('GET', path, { ...rest, query: { ...query, async: 'true' } }, ACCEPTED_JOB);
  return data.job_id;
}

/** @throws ApiError */
export async function postJson<P extends PathWith<'post'>>(
  path: P,
  given: Request<Post<P>>,
  wanted: Shape<ResultOf<Post<P>>>,
): Promise<ResultOf<Post<P>>> {
  return (await request('POST', path, given, wanted)).data;
}

/** @throws ApiError */
export async function deleteJson<P extends PathWith<'delete'>>(
  path: P,
  given: Request<Delete<P>>,
  wanted: Shape<ResultOf<Delete<P>>>,
): Promise<ResultOf<Delete<P>>> {
  return (await request('DELETE', path, given, wanted)).data;
}
