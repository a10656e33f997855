/**
 * The safetensors format (huggingface/safetensors, README "Format"): 8 bytes little-endian header length N, N bytes of
 * JSON, then the tensors' bytes without holes. Nothing in a file is executed, and nothing is believed unchecked.
 */

/** One tensor of a file: 32-bit floats, row-major. */
export interface Tensor {
  shape: readonly number[];
  data: Float32Array;
}

export interface TensorFile {
  tensors: ReadonlyMap<string, Tensor>;
  /** Free text by key, from the header's `__metadata__`. */
  metadata: ReadonlyMap<string, string>;
}

/** A file that is not what it should be; the message says where. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

const LENGTH_BYTES = 8;
/** The limit of the format's own implementation. */
const MAX_HEADER_BYTES = 100_000_000;
/** Tensors start at a multiple of this, as the format asks of writers. */
const ALIGNMENT_BYTES = 8;
const F32_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** @throws ModelFileError when the bytes are not a safetensors file of 32-bit floats. */
export function readTensors(bytes: Uint8Array): TensorFile {
  const { header, dataStart } = readHeader(bytes);
  const metadata = new Map<string, string>();
  const tensors = new Map<string, Tensor>();
  const ranges: [begin: number, end: number][] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, value] of Object.entries(objectOrFail(entry, '__metadata__'))) {
        if (typeof value !== 'string') throw new ModelFileError(`the metadata "${key}" is not a text`);
        metadata.set(key, value);
      }
      continue;
    }
    const { shape, begin, end } = tensorEntry(name, entry, bytes.length - dataStart);
    ranges.push([begin, end]);
    // A copy: the offset in memory need not be a multiple of four.
    const copy = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, { shape, data: new Float32Array(copy.buffer) });
  }
  checkCoverage(ranges, bytes.length - dataStart);
  return { tensors, metadata };
}

/** The bytes of a safetensors file; tensors in the order of the map. */
export function writeTensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: Object.fromEntries(metadata) };
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  if (headerBytes > MAX_HEADER_BYTES) {
    throw new ModelFileError(`the header would take ${headerBytes} bytes, and the format allows ${MAX_HEADER_BYTES}`);
  }
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES)
    throw new ModelFileError(`${bytes.length} bytes are too short for a safetensors file`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_HEADER_BYTES, bytes.length - LENGTH_BYTES))) {
    throw new ModelFileError(
      `the header claims ${length} bytes, but the file has ${bytes.length}: this is not a safetensors file, or it was cut off`,
    );
  }
  const dataStart = LENGTH_BYTES + Number(length);
  let header: unknown;
  try {
    // A copy, because TextDecoder refuses shared memory.
    const copy = new Uint8Array(bytes.subarray(LENGTH_BYTES, dataStart));
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(copy));
  } catch (cause) {
    throw new ModelFileError('the header is not JSON: this is not a safetensors file', { cause });
  }
  return { header: objectOrFail(header, 'the header'), dataStart };
}

function tensorEntry(name: string, entry: unknown, dataBytes: number): { shape: number[]; begin: number; end: number } {
  const fail = (what: string): never => {
    throw new ModelFileError(`the tensor "${name}" ${what}`);
  };
  const { dtype, shape, data_offsets: offsets } = objectOrFail(entry, `the tensor "${name}"`);
  if (dtype !== 'F32') fail(`holds ${JSON.stringify(dtype)}, not F32`);
  if (!isCounts(shape)) return fail('has no shape of whole numbers');
  if (!isCounts(offsets) || offsets.length !== 2) return fail('has no pair of data offsets');
  const [begin = 0, end = 0] = offsets;
  if (begin > end || end > dataBytes) fail(`lies at ${begin}…${end}, outside the file's ${dataBytes} bytes of data`);
  const wanted = shape.reduce((product, n) => product * n, F32_BYTES);
  if (end - begin !== wanted) fail(`has ${end - begin} bytes, but its shape [${shape}] needs ${wanted}`);
  return { shape, begin, end };
}

/** The format wants every byte of data to belong to exactly one tensor. */
function checkCoverage(ranges: [number, number][], dataBytes: number): void {
  let covered = 0;
  for (const [begin, end] of ranges.sort(([a, b], [c, d]) => a - c || b - d)) {
    if (begin !== covered)
      throw new ModelFileError(`the tensors overlap or leave a hole at byte ${covered} of the data`);
    covered = end;
  }
  if (covered !== dataBytes) throw new ModelFileError(`${dataBytes - covered} bytes at the end belong to no tensor`);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function objectOrFail(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ModelFileError(`${what} is not a JSON object`);
}
