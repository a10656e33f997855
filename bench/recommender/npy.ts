import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { shareableBytes } from '../../shared/recommender/threads/shared-memory.ts';

/** Arrays that both sides read without a copy of their own format: NumPy's .npy, version 1.0, little-endian, one dimension. */
type NpyArray = Uint32Array | Float32Array;

const MAGIC = '\x93NUMPY\x01\x00';
/** The header is padded so that the numbers after it are aligned. */
const ALIGNMENT = 64;

/** 32-bit unsigned integers are written as signed ones, which is what SciPy indexes with. */
export function writeNpy(path: string, array: NpyArray): void {
  const dtype = array instanceof Float32Array ? '<f4' : '<i4';
  const description = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${array.length},), }`;
  const used = MAGIC.length + 2 + description.length + 1;
  const header = `${description}${' '.repeat((ALIGNMENT - (used % ALIGNMENT)) % ALIGNMENT)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  writeFileSync(path, Buffer.concat([Buffer.from(MAGIC, 'latin1'), length, Buffer.from(header, 'latin1')]));
  writeFileSync(path, bytes, { flag: 'a' });
}

export function readUint32Npy(path: string): Uint32Array {
  return new Uint32Array(readBytes(path, '<i4'));
}

export function readFloat32Npy(path: string): Float32Array {
  return new Float32Array(readBytes(path, '<f4'));
}

/** What stands after the header, in memory that threads can share. */
function readBytes(path: string, dtype: string): ArrayBufferLike {
  const file = openSync(path, 'r');
  try {
    const start = new Uint8Array(MAGIC.length + 2);
    readSync(file, start, 0, start.length, 0);
    const header = new Uint8Array(start[MAGIC.length]! + 256 * start[MAGIC.length + 1]!);
    readSync(file, header, 0, header.length, start.length);
    const text = Buffer.from(header).toString('latin1');
    const [, n] = /'shape': \((\d+),/.exec(text) ?? [];
    if (n === undefined || !text.includes(`'${dtype}'`)) throw new Error(`${path} holds no ${dtype} array: ${text}`);
    const bytes = shareableBytes(4 * Number(n));
    const view = new Uint8Array(bytes);
    for (let at = 0; at < view.length; ) {
      const read = readSync(file, view, at, view.length - at, start.length + header.length + at);
      if (read === 0) throw new Error(`${path} ends too early`);
      at += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
