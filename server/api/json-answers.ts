import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync, type ZlibOptions } from 'node:zlib';
import type { Context, TypedResponse } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { LRUCache } from 'lru-cache';
import { varyBy } from './every-answer.ts';
import type { Step } from './steps.ts';

/** Below it an answer fits into the one packet in which it is sent anyway (1,500 bytes less IP, TCP, TLS and headers). */
const MIN_BYTES = 1024;
/** Of zlib: the level that costs a third of the usual one and gives nine tenths of its effect on JSON. */
const GZIP_LEVEL = 1;
/** Of answers that are compressed once and sent often. */
const KEPT_BROTLI_QUALITY = 9;

/** `Accept-Encoding` as it was read: nearly all clients send one of a few. */
const namesRead = new LRUCache<string, readonly string[]>({ max: 100 });

type Encoding = 'br' | 'gzip';
/** What a `Response` takes. */
type Bytes = Uint8Array<ArrayBuffer>;

declare module 'hono' {
  interface ContextVariableMap {
    /** Whether the route has given its answer headers by `c.header`. */
    hasHeaders: boolean;
  }
}

/**
 * Answers JSON with its length, compressed where that saves packets. Hono's own middleware compresses any text through a
 * stream, 430 µs for an answer of 15 bytes, since `c.json` tells it no length.
 */
export function jsonAnswers(): Step {
  return (c) => {
    const json = (object: unknown, status?: unknown, headers?: unknown) =>
      send(c, JSON.stringify(object), status, headers as Headers);
    c.json = json as typeof c.json;
    const { header } = c;
    c.header = (...given: Parameters<typeof header>) => {
      c.set('hasHeaders', true);
      header(...given);
    };
    return undefined;
  };
}

type Headers = Record<string, string> | undefined;

function send(c: Context, text: string, status: unknown, headers: Headers): Response {
  const length = Buffer.byteLength(text);
  // A short text goes into one string with its headers: one part to write instead of two.
  if (length < MIN_BYTES) return answer(c, text, { length, plainLength: length, status, headers });
  const encoding = acceptedEncoding(c, ['gzip']);
  const body = encoding === null ? Buffer.from(text) : gzipSync(text, gzipOptions(length));
  return answer(c, body, { length: body.length, plainLength: length, encoding, status, headers });
}

/** JSON that is sent as it is more than once: its bytes, and their compressed forms, are made at the first need. */
export class KeptJson<T> {
  readonly #bytes: Bytes;
  readonly #compressed = new Map<Encoding, Bytes>();
  readonly #tags = new Map<Encoding | null, string>();

  /** @param value is not changed any more */
  constructor(value: T) {
    this.#bytes = Buffer.from(JSON.stringify(value));
  }

  /**
   * @param options.tagged with an `ETag`, for a route whose answers are revalidated: made once, where the middleware would
   * read and digest the body each time
   */
  send(c: Context, headers?: Headers, { tagged = false } = {}): Response & TypedResponse<T, 200, 'json'> {
    const plainLength = this.#bytes.length;
    const encoding = plainLength < MIN_BYTES ? null : acceptedEncoding(c, ['br', 'gzip']);
    const body = encoding === null ? this.#bytes : this.#in(encoding);
    const all = tagged ? { etag: this.#tagOf(encoding, body), ...headers } : headers;
    const form = { length: body.length, plainLength, encoding, status: 200, headers: all };
    return answer(c, body, form) as Response & TypedResponse<T, 200, 'json'>;
  }

  #tagOf(encoding: Encoding | null, body: Bytes): string {
    const tag = this.#tags.get(encoding) ?? `"${createHash('sha1').update(body).digest('hex')}"`;
    this.#tags.set(encoding, tag);
    return tag;
  }

  #in(encoding: Encoding): Bytes {
    let compressed = this.#compressed.get(encoding);
    if (compressed === undefined) {
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: KEPT_BROTLI_QUALITY } };
      compressed = encoding === 'br' ? brotliCompressSync(this.#bytes, quality) : gzipSync(this.#bytes);
      this.#compressed.set(encoding, compressed);
    }
    return compressed;
  }
}

interface AnswerForm {
  /** Bytes that are sent. */
  length: number;
  /** Bytes before compression. */
  plainLength: number;
  encoding?: Encoding | null;
  status: unknown;
  headers: Headers;
}

function answer(
  c: Context,
  body: string | Bytes,
  { length, plainLength, encoding = null, status, headers }: AnswerForm,
): Response {
  if (plainLength >= MIN_BYTES) varyBy(c, 'accept-encoding');
  const all: Record<string, string> = {
    'content-type': 'application/json',
    'content-length': String(length),
    ...(encoding !== null && { 'content-encoding': encoding }),
    ...headers,
  };
  // Hono copies more than one header into a `Headers`, which checks each and is read out again for Node's response.
  if (c.finalized || c.get('hasHeaders')) return c.body(body, status as ContentfulStatusCode, all);
  return new Response(body, { status: status as number, headers: all });
}

/** No window and tables larger than the text: to make those of the usual size takes longer than to compress a short one. */
function gzipOptions(length: number): ZlibOptions {
  const windowBits = Math.min(15, Math.max(9, Math.ceil(Math.log2(length))));
  return { level: GZIP_LEVEL, windowBits, memLevel: windowBits - 6, chunkSize: Math.max(1024, length) };
}

/**
 * The first of `offered` that the client accepts (RFC 9110, 12.5.3). A weight of 0 refuses; other weights are not compared,
 * since clients name what they cannot read rather than what they like less.
 */
function acceptedEncoding<T extends Encoding>(c: Context, offered: readonly T[]): T | null {
  const accepted = c.req.header('accept-encoding');
  if (accepted === undefined) return null;
  const names = namesRead.get(accepted) ?? namesIn(accepted);
  namesRead.set(accepted, names);
  return offered.find((encoding) => names.includes(encoding)) ?? null;
}

function namesIn(accepted: string): string[] {
  return accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.replace(/\s*;.*$/, ''));
}
