import { promisify } from 'node:util';
import {
  brotliDecompress,
  brotliDecompressSync,
  gunzip,
  gunzipSync,
  inflate,
  inflateSync,
  type ZlibOptions,
} from 'node:zlib';

/** What `Accept-Encoding` asks for. `deflate` is understood but not asked for: servers disagree on what it means. */
export const ACCEPT_ENCODING = 'gzip, br';

interface Decompressor {
  /** In this thread. */
  now(bytes: Uint8Array, options: ZlibOptions): Buffer;
  /** In zlib's own threads. */
  elsewhere(bytes: Uint8Array, options: ZlibOptions): Promise<Buffer>;
}

const GZIP: Decompressor = { now: gunzipSync, elsewhere: promisify(gunzip) };
const DECOMPRESSORS: ReadonlyMap<string, Decompressor> = new Map<string, Decompressor>([
  ['gzip', GZIP],
  ['x-gzip', GZIP],
  ['br', { now: brotliDecompressSync, elsewhere: promisify(brotliDecompress) }],
  ['deflate', { now: inflateSync, elsewhere: promisify(inflate) }],
]);

/** To unfold so little takes less time than to wake another thread for it. */
const SMALL_WIRE_BYTES = 16 * 1024;
const SMALL_OUTPUT_BYTES = 128 * 1024;

/** No server compresses more than twice; a bomb does. */
const MAX_ENCODINGS = 2;

/** Output per turn of zlib: most product pages (median 440 KB) come out in one, and small answers take no large buffer. */
const MAX_CHUNK_BYTES = 512 * 1024;
const MIN_CHUNK_BYTES = 16 * 1024;
/** What pages compress to. */
const USUAL_EXPANSION = 8;

export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

export class BodyDecodingError extends Error {
  override readonly name = 'BodyDecodingError';
}

/**
 * Reads a body as it came over the wire.
 * @param onOverflow what to do with more than `maxBytes`: fail, or keep the beginning.
 * @throws BodyTooLargeError, or what the source fails with.
 */
export async function readWire(
  source: AsyncIterable<Buffer>,
  maxBytes: number,
  onOverflow: 'fail' | 'truncate',
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes <= maxBytes) continue;
    if (onOverflow === 'fail') throw new BodyTooLargeError(`more than ${maxBytes} bytes`);
    return Buffer.concat(chunks, maxBytes); // leaving the loop ends the transfer
  }
  return Buffer.concat(chunks, sizeBytes);
}

/**
 * Undoes `Content-Encoding`, in zlib's own threads unless the body is small, and stops at `maxBytes`: a bomb costs no more than that, however
 * small it was on the wire. (undici's decompress interceptor is experimental, warns on stderr, has one limit per
 * dispatcher rather than per request, and leaves the bodies of error answers compressed.)
 * @throws BodyTooLargeError, BodyDecodingError
 */
export async function decompress(wire: Buffer, contentEncoding: string, maxBytes: number): Promise<Buffer> {
  if (wire.length === 0) return wire; // "gzip" that is empty is not valid gzip, but what some servers send
  let bytes = wire;
  for (const decompressor of decompressorsFor(contentEncoding)) {
    try {
      bytes =
        unfoldSmall(decompressor, bytes, maxBytes) ?? (await decompressor.elsewhere(bytes, limits(bytes, maxBytes)));
    } catch (cause) {
      if (cause instanceof RangeError) {
        throw new BodyTooLargeError(`more than ${maxBytes} bytes when decompressed`, { cause });
      }
      throw new BodyDecodingError(`the body is not valid ${contentEncoding.slice(0, 40)}`, { cause });
    }
  }
  return bytes;
}

/** Null when the body is not small, or turns out to unfold to what is not. */
function unfoldSmall(decompressor: Decompressor, bytes: Buffer, maxBytes: number): Buffer | null {
  if (bytes.length > SMALL_WIRE_BYTES) return null;
  try {
    return decompressor.now(bytes, limits(bytes, Math.min(SMALL_OUTPUT_BYTES, maxBytes)));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function limits(bytes: Buffer, maxOutputLength: number): ZlibOptions {
  const chunkSize = Math.max(MIN_CHUNK_BYTES, Math.min(MAX_CHUNK_BYTES, bytes.length * USUAL_EXPANSION));
  return { maxOutputLength, chunkSize };
}

/** In the order in which they are undone: `Content-Encoding` lists the codings as they were applied. */
function decompressorsFor(contentEncoding: string): Decompressor[] {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MAX_ENCODINGS) throw new BodyDecodingError(`the body has ${names.length} content encodings`);
  return names.reverse().map((name) => {
    const decompressor = DECOMPRESSORS.get(name);
    if (decompressor === undefined)
      throw new BodyDecodingError(`the content encoding "${name.slice(0, 40)}" is unknown`);
    return decompressor;
  });
}
