import type { Dispatcher } from 'undici';
import { BodyDecodingError, BodyTooLargeError, decompress, readWire } from './body.ts';
import type { Deadline } from './deadline.ts';
import { FetchError, type FetchErrorReason } from './fetch-error.ts';
import { BlockedAddressError } from './guarded-connector.ts';

/** A host that is silent for so long, before or within its answer, is not going to speak. */
const IDLE_TIMEOUT_MS = 10_000;

/** How far a body that is cut, and compressed, may unfold: beyond what text compresses to, short of a bomb. */
const TRUNCATED_EXPANSION = 20;

export interface HttpRequest {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
  /** Largest body, on the wire and decompressed. */
  maxBytes: number;
  onOverflow: 'fail' | 'truncate';
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Decompressed. */
  body: Uint8Array;
  /** Until the headers had come: what the host needed to think, without the size of its answer. */
  latencyMs: number;
  /** When the request left, by `performance.now()`: a busy process takes a while to get there. */
  sentAtMs: number;
}

/**
 * One request and its answer, whatever its status; no redirects, no retries.
 * @throws FetchError
 */
export async function sendRequest(
  dispatcher: Dispatcher,
  request: HttpRequest,
  deadline: Deadline,
): Promise<HttpResponse> {
  const startedAtMs = performance.now();
  let sentAtMs = startedAtMs;
  const stamping = dispatcher.compose((dispatch) => (options, handler) => {
    const onRequestStart = handler.onRequestStart?.bind(handler);
    handler.onRequestStart = (controller, context) => {
      sentAtMs = performance.now();
      onRequestStart?.(controller, context);
    };
    return dispatch(options, handler);
  });
  try {
    const response = await stamping.request({
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: request.headers,
      body: request.body,
      signal: deadline.signal,
      headersTimeout: IDLE_TIMEOUT_MS,
      bodyTimeout: IDLE_TIMEOUT_MS,
    });
    const latencyMs = performance.now() - startedAtMs;
    const headers = joinHeaders(response.headers);
    if (request.onOverflow === 'fail' && Number(headers['content-length']) > request.maxBytes) {
      response.body.on('error', () => {}).destroy(); // the announced size is enough: do not download it first
      throw new BodyTooLargeError(`${headers['content-length']} bytes announced`);
    }
    const wire = await readWire(response.body, request.maxBytes, request.onOverflow);
    const limitBytes = request.onOverflow === 'fail' ? request.maxBytes : request.maxBytes * TRUNCATED_EXPANSION;
    const decoded = await decompress(wire, headers['content-encoding'] ?? '', limitBytes);
    return { status: response.statusCode, headers, body: decoded.subarray(0, request.maxBytes), latencyMs, sentAtMs };
  } catch (error) {
    throw asFetchError(error, request, deadline);
  }
}

function joinHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

function asFetchError(error: unknown, { url, maxBytes }: HttpRequest, deadline: Deadline): FetchError {
  const fail = (reason: FetchErrorReason, message: string) =>
    new FetchError(reason, message, { url: url.href, cause: error });
  if (error instanceof BlockedAddressError) return fail('blocked_address', `Not fetched: ${error.message}.`);
  if (error instanceof BodyTooLargeError) {
    return fail('too_large', `${url.host} sends more than the limit of ${maxBytes} bytes: ${error.message}.`);
  }
  if (error instanceof BodyDecodingError) {
    return fail('decoding', `${url.host} sends what cannot be decompressed: ${error.message}.`);
  }
  if (deadline.signal.aborted) return deadline.error(url);
  const detail = error instanceof Error ? error.message : String(error);
  switch (transportReason(error)) {
    case 'timeout':
      return fail('timeout', `${url.host} was silent for too long (${detail}).`);
    case 'dns':
      return fail('dns', `The name ${url.hostname} could not be resolved (${detail}).`);
    case 'tls':
      return fail('tls', `No secure connection to ${url.host} (${detail}).`);
    case 'connection':
      return fail('connection', `The connection to ${url.host} failed (${detail}).`);
  }
}

function transportReason(error: unknown): 'timeout' | 'dns' | 'tls' | 'connection' {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$|^ETIMEDOUT$/.test(code)) return 'timeout';
  if (/^(ENOTFOUND|ENODATA|ESERVFAIL|EREFUSED|ETIMEOUT|EAI_.*)$/.test(code)) return 'dns';
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code)) return 'tls';
  return 'connection';
}
