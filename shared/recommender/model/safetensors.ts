import { crc32c } from './crc32c.ts';

/**
 * The safetensors format (huggingface/safetensors, README "Format"): 8 bytes little-endian header length N, N bytes of
 * JSON, then the tensors' bytes without holes. Nothing in a file is executed, and nothing is believed unchecked.
 *
 * Our files carry a checksum of all their bytes: `crc32c` in `__metadata__`, eight hexadecimal digits, which count as
 * zeros themselves, as in an IP header. Other readers of the format take it for free text.
 */

/** What each of the format's types that we use is in JavaScript. */
interface DataOf {
  F32: Float32Array;
  U32: Uint32Array;
  U8: Uint8Array;
}
type Dtype = keyof DataOf;
type TensorData = DataOf[Dtype];

/** One tensor of a file, row-major. */
export interface Tensor<Data extends TensorData = TensorData> {
  shape: readonly number[];
  data: Data;
}

export interface TensorFile {
  tensors: ReadonlyMap<string, Tensor>;
  /** Free text by key, from the header's `__metadata__`. */
  metadata: ReadonlyMap<string, string>;
}

/** A file as it was read. */
export interface ReadTensorFile extends TensorFile {
  /** Whether it carries a checksum, which then is right. Files of version 0.1.0 have none. */
  isChecked: boolean;
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
/** How our files begin after the length: the checksum's digits follow. */
const BEFORE_CHECKSUM = new TextEncoder().encode('{"__metadata__":{"crc32c":"');
const CHECKSUM_START = LENGTH_BYTES + BEFORE_CHECKSUM.length;
const NO_CHECKSUM = '00000000';
const CHECKSUM_END = CHECKSUM_START + NO_CHECKSUM.length;

const DTYPES = { F32: Float32Array, U32: Uint32Array, U8: Uint8Array } as const;

/** @throws ModelFileError when the bytes are not a safetensors file, or not as they were written. */
export function readTensors(bytes: Uint8Array): ReadTensorFile {
  const { header, dataStart } = readHeader(bytes);
  const isChecked = checkChecksum(bytes);
  const metadata = new Map<string, string>();
  const tensors = new Map<string, Tensor>();
  const ranges: [begin: number, end: number][] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, value] of Object.entries(objectOrFail(entry, '__metadata__'))) {
        if (typeof value !== 'string') throw new ModelFileError(`the metadata "${key}" is not a text`);
        if (key !== 'crc32c') metadata.set(key, value);
        else if (!isChecked)
          throw new ModelFileError('the checksum is not at its place: another program wrote the file');
      }
      continue;
    }
    const { dtype, shape, begin, end } = tensorEntry(name, entry, bytes.length - dataStart);
    ranges.push([begin, end]);
    // A copy: the offset in memory need not be a multiple of four.
    const copy = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, { shape, data: new DTYPES[dtype](copy.buffer) });
  }
  checkCoverage(ranges, bytes.length - dataStart);
  return { tensors, metadata, isChecked };
}

/** The tensor of this name and type. @throws ModelFileError where there is none. */
export function tensorNamed<T extends Dtype>({ tensors }: TensorFile, name: string, dtype: T): Tensor<DataOf[T]> {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new ModelFileError(`the tensor "${name}" is missing`);
  if (!holds(tensor, dtype)) throw new ModelFileError(`the tensor "${name}" is not ${dtype}`);
  return tensor;
}

/** The bytes of a safetensors file with its checksum; tensors in the order of the map. */
export function writeTensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: { crc32c: NO_CHECKSUM, ...Object.fromEntries(metadata) } };
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: dtypeOf(data), shape, data_offsets: [offset, offset + data.byteLength] };
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
  bytes.set(new TextEncoder().encode(checksumOf(bytes)), CHECKSUM_START);
  return bytes;
}

/** Of all bytes, with zeros for the digits of the checksum itself; eight hexadecimal digits. */
function checksumOf(bytes: Uint8Array): string {
  const before = crc32c(bytes.subarray(0, CHECKSUM_START));
  const crc = crc32c(bytes.subarray(CHECKSUM_END), crc32c(new TextEncoder().encode(NO_CHECKSUM), before));
  return crc.toString(16).padStart(8, '0');
}

/** @returns whether the file carries a checksum. @throws ModelFileError when it is wrong. */
function checkChecksum(bytes: Uint8Array): boolean {
  if (!BEFORE_CHECKSUM.every((byte, i) => bytes[LENGTH_BYTES + i] === byte)) return false;
  const claimed = String.fromCharCode(...bytes.subarray(CHECKSUM_START, CHECKSUM_END));
  const actual = checksumOf(bytes);
  if (claimed !== actual) {
    throw new ModelFileError(
      `the file is damaged: its bytes have the checksum ${actual}, not ${JSON.stringify(claimed)}, with which it was written`,
    );
  }
  return true;
}

function holds<T extends Dtype>(tensor: Tensor, dtype: T): tensor is Tensor<DataOf[T]> {
  return tensor.data instanceof DTYPES[dtype];
}

function dtypeOf(data: TensorData): Dtype {
  if (data instanceof Float32Array) return 'F32';
  return data instanceof Uint32Array ? 'U32' : 'U8';
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

interface TensorEntry {
  dtype: Dtype;
  shape: number[];
  begin: number;
  end: number;
}

function tensorEntry(name: string, entry: unknown, dataBytes: number): TensorEntry {
  const fail = (what: string): never => {
    throw new ModelFileError(`the tensor "${name}" ${what}`);
  };
  const { dtype, shape, data_offsets: offsets } = objectOrFail(entry, `the tensor "${name}"`);
  if (!isDtype(dtype)) return fail(`holds ${JSON.stringify(dtype)}, not F32, U32 or U8`);
  if (!isCounts(shape)) return fail('has no shape of whole numbers');
  if (!isCounts(offsets) || offsets.length !== 2) return fail('has no pair of data offsets');
  const [begin = 0, end = 0] = offsets;
  if (begin > end || end > dataBytes) fail(`lies at ${begin}…${end}, outside the file's ${dataBytes} bytes of data`);
  const wanted = shape.reduce((product, n) => product * n, DTYPES[dtype].BYTES_PER_ELEMENT);
  if (end - begin !== wanted) fail(`has ${end - begin} bytes, but its shape [${shape}] needs ${wanted}`);
  return { dtype, shape, begin, end };
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

function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(DTYPES, value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function objectOrFail(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ModelFileError(`${what} is not a JSON object`);
}
