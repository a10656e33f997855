import { describe, expect, test } from 'vitest';
import { ModelFileError, readTensors, tensorNamed, writeTensors } from './safetensors.ts';

const tensors = new Map([
  ['a', { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ['b', { shape: [1], data: Float32Array.of(-0.5) }],
]);
const metadata = new Map([['name', 'Größe']]);

/** A file put together by hand, so that the reader is not only tested against the writer. */
function file(header: unknown, data: Uint8Array = new Uint8Array(), claimedLength?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, claimedLength ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const f32 = (shape: unknown, offsets: unknown, dtype: unknown = 'F32'): unknown => ({
  dtype,
  shape,
  data_offsets: offsets,
});
const data = (n: number): Uint8Array => new Uint8Array(Float32Array.from({ length: n }, (_, i) => i).buffer);

describe('a safetensors file', () => {
  test('is read back as it was written', () => {
    expect(readTensors(writeTensors({ tensors, metadata }))).toEqual({ tensors, metadata, isChecked: true });
  });

  test('is laid out as the format says: length, JSON padded to eight bytes, tensors without holes', () => {
    const bytes = writeTensors({ tensors, metadata });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      __metadata__: { crc32c: expect.stringMatching(/^[0-9a-f]{8}$/), name: 'Größe' },
      a: { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      b: { dtype: 'F32', shape: [1], data_offsets: [24, 28] },
    });
    expect([...new Float32Array(bytes.slice(8 + length).buffer)]).toEqual([1, 2, 3, 4, 5, 6, -0.5]);
  });

  test('holds whole numbers and bytes too', () => {
    const others = new Map([
      ['offsets', { shape: [2], data: Uint32Array.of(0, 2 ** 32 - 1) }],
      ['text', { shape: [3], data: Uint8Array.of(1, 2, 255) }],
    ]);
    const read = readTensors(writeTensors({ tensors: others, metadata }));
    expect(read.tensors).toEqual(others);
    expect(tensorNamed(read, 'text', 'U8').data).toEqual(Uint8Array.of(1, 2, 255));
    expect(() => tensorNamed(read, 'text', 'F32')).toThrow('the tensor "text" is not F32');
  });

  test('is read from any place in memory, and with tensors in any order', () => {
    const bytes = file({ late: f32([1], [4, 8]), early: f32([1, 1], [0, 4]) }, data(2));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const read = readTensors(shifted.subarray(3));
    expect(read.isChecked).toBe(false);
    expect(read.tensors.get('late')?.data).toEqual(Float32Array.of(1));
    expect(read.tensors.get('early')?.data).toEqual(Float32Array.of(0));
  });

  test.for<[string, Uint8Array, RegExp]>([
    ['too short', Uint8Array.of(1, 2, 3), /3 bytes are too short/],
    ['cut off in its header', file({ a: f32([1], [0, 4]) }).subarray(0, 20), /cut off/],
    ['claiming a header beyond all memory', file('{}', data(0), 2n ** 63n), /header claims 9223372036854775808 bytes/],
    ['no JSON', file('<html>'), /not JSON/],
    ['no UTF-8', new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe]), /not JSON/],
    ['a JSON array', file('[]'), /not a JSON object/],
    ['with metadata that is no text', file({ __metadata__: { a: 1 } }), /"a" is not a text/],
    ['with metadata that is no object', file({ __metadata__: 'a' }), /not a JSON object/],
    ['with another number type', file({ a: f32([1], [0, 8], 'F64') }, data(2)), /"F64", not F32, U32 or U8/],
    ['without a shape', file({ a: { dtype: 'F32', data_offsets: [0, 4] } }, data(1)), /no shape/],
    ['with a negative shape', file({ a: f32([-1], [0, 4]) }, data(1)), /no shape of whole numbers/],
    ['with a fractional shape', file({ a: f32([0.5], [0, 2]) }, data(1)), /no shape of whole numbers/],
    ['with a shape that overflows', file({ a: f32([2 ** 40, 2 ** 40], [0, 4]) }, data(1)), /needs/],
    [
      'with a shape that its bytes do not fill',
      file({ a: f32([3], [0, 8]) }, data(2)),
      /8 bytes, but its shape \[3\] needs 12/,
    ],
    ['with offsets the wrong way round', file({ a: f32([1], [4, 0]) }, data(1)), /outside/],
    ['with offsets beyond its end', file({ a: f32([2], [0, 8]) }, data(1)), /outside the file's 4 bytes/],
    ['with one offset', file({ a: f32([1], [0]) }, data(1)), /pair of data offsets/],
    ['with tensors that overlap', file({ a: f32([2], [0, 8]), b: f32([1], [4, 8]) }, data(2)), /overlap/],
    ['with a hole', file({ a: f32([1], [0, 4]), b: f32([1], [8, 12]) }, data(3)), /hole at byte 4/],
    ['with bytes left over', file({ a: f32([1], [0, 4]) }, data(2)), /4 bytes at the end/],
    ['with null for a tensor', file({ a: null }), /not a JSON object/],
  ])('that is %s is refused, with the reason', ([, bytes, message]) => {
    expect(() => readTensors(bytes)).toThrow(ModelFileError);
    expect(() => readTensors(bytes)).toThrow(message);
  });

  test('whose bytes were changed is refused, whichever they are', () => {
    const whole = writeTensors({ tensors, metadata });
    for (let at = 0; at < whole.length; at++) {
      for (const bit of [1, 128]) {
        const damaged = whole.slice();
        damaged[at]! ^= bit;
        // Without its name the checksum is free text, and the file one of those that have none.
        const isUnnamed = readsUnchecked(damaged);
        if (!isUnnamed) expect(() => readTensors(damaged), `byte ${at}`).toThrow(ModelFileError);
        else expect(at).toBeLessThan(8 + '{"__metadata__":{"crc32c":"'.length);
      }
    }
  });

  test('that another program has written anew, with a checksum of old, is refused', () => {
    const header = { __metadata__: { name: 'a', crc32c: '01234567' }, a: f32([1], [0, 4]) };
    expect(() => readTensors(file(header, data(1)))).toThrow('the checksum is not at its place');
  });
});

function readsUnchecked(bytes: Uint8Array): boolean {
  try {
    return !readTensors(bytes).isChecked;
  } catch {
    return false;
  }
}
