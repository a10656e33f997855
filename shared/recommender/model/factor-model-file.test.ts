import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { IdMap } from '../interactions/id-map.ts';
import { defaultParameters } from '../training/parameters.ts';
import type { FactorModel } from './factor-model.ts';
import { readFactorModel, writeFactorModel } from './factor-model-file.ts';
import { ModelFileError, readTensors, type Tensor, type TensorFile, writeTensors } from './safetensors.ts';

const model: FactorModel = {
  nFactors: 2,
  users: IdMap.of(['17850', 'ü"ser\n']),
  items: IdMap.of(['85123A', '71053', '84406B']),
  userFactors: Float32Array.of(1, -2, 3.5, 1e-9),
  itemFactors: Float32Array.of(1, 2, 3, 4, 5, 6),
  parameters: { ...defaultParameters('implicit'), nFactors: 2, confidence: 'log:10,1' },
};

/** The same model as version 0.1.0 wrote it. */
const former = new Uint8Array(readFileSync(new URL('./testing/release-0.1.0.safetensors', import.meta.url)));

/** The bytes of a model's file after a change to what is in it, with a checksum that is right again. */
function altered(
  change: (tensors: Map<string, Tensor>, metadata: Map<string, string>) => void,
  bytes: Uint8Array = writeFactorModel(model),
): Uint8Array {
  const file: TensorFile = readTensors(bytes);
  const [tensors, metadata] = [new Map(file.tensors), new Map(file.metadata)];
  change(tensors, metadata);
  return writeTensors({ tensors, metadata });
}
const formerAltered = (key: string, value: string): Uint8Array =>
  altered((_, metadata) => metadata.set(key, value), former);

/** Where a file's regions begin and end: length, header, each tensor. */
function boundaries(bytes: Uint8Array): number[] {
  const dataStart = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header: Record<string, { data_offsets?: [number, number] }> = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, dataStart)),
  );
  const ends = Object.values(header).flatMap(({ data_offsets: offsets }) => (offsets ? dataStart + offsets[1] : []));
  return [...new Set([8, dataStart, ...ends])];
}

describe('a model file', () => {
  test('is read back as it was written: factors, ids, parameters', () => {
    const read = readFactorModel(writeFactorModel(model));
    expect(read.userFactors).toEqual(model.userFactors);
    expect(read.itemFactors).toEqual(model.itemFactors);
    expect(read.users.ids).toEqual(model.users.ids);
    expect(read.items.indexOf('71053')).toBe(1);
    expect(read.parameters).toEqual(model.parameters);
    expect(read.nFactors).toBe(2);
  });

  test('of version 0.1.0 is read as it was written', () => {
    const read = readFactorModel(former);
    expect({ ...read, users: read.users.ids, items: read.items.ids }).toEqual({
      ...model,
      users: model.users.ids,
      items: model.items.ids,
    });
  });

  test('holds its ids as tensors, so that their number does not end at the longest header', () => {
    const { metadata, tensors } = readTensors(writeFactorModel(model));
    expect([...metadata.keys()]).toEqual(['format', 'parameters']);
    expect(tensors.get('item_ids_offsets')?.data).toEqual(Uint32Array.of(0, 6, 11, 17));
    expect(new TextDecoder().decode(tensors.get('item_ids')?.data)).toBe('85123A7105384406B');
  });

  test('gives every id back, of any script, empty or with a byte order mark', () => {
    const ids = ['', '\uFEFFa', 'Ω≈ç√', '🦩🏳️‍🌈', '\0', 'é'];
    const users = IdMap.of(ids);
    const read = readFactorModel(writeFactorModel({ ...model, users, userFactors: new Float32Array(2 * ids.length) }));
    expect(read.users.ids).toEqual(ids);
  });

  test('is not written with an id that is no text, which would be read as another', () => {
    const users = IdMap.of(['\ud83e', 'b']);
    expect(() => writeFactorModel({ ...model, users })).toThrow(/the id "\\ud83e" is no Unicode text/);
  });

  test('of which any bit has changed is refused', () => {
    const bytes = writeFactorModel(model);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at]! ^= 1 << (at % 8);
      expect(() => readFactorModel(damaged), `byte ${at}`).toThrow(ModelFileError);
    }
  });

  test('that was cut off is refused, wherever', () => {
    const bytes = writeFactorModel(model);
    const ends = boundaries(bytes);
    expect(ends).toHaveLength(8);
    for (const end of ends.flatMap((boundary) => [boundary - 1, boundary, boundary + 1])) {
      if (end < bytes.length) expect(() => readFactorModel(bytes.subarray(0, end)), `${end}`).toThrow(ModelFileError);
    }
    expect(() => readFactorModel(Uint8Array.of(...bytes, 0))).toThrow(ModelFileError);
  });

  test('of which 2,000 bytes have changed is refused as damaged', () => {
    const large = { ...model, users: new IdMap(), userFactors: new Float32Array() };
    const items = IdMap.of(Array.from({ length: 2000 }, (_, i) => `i${i}`));
    const bytes = writeFactorModel({ ...large, items, itemFactors: new Float32Array(4000).fill(0.5) });
    const start = boundaries(bytes)[1]!;
    for (let i = 0; i < 2000; i++) bytes[start + 4 * i]! ^= 0x55;
    expect(() => readFactorModel(bytes)).toThrow(/^the file is damaged: its bytes have the checksum [0-9a-f]{8}, not /);
  });

  test.for<[string, Uint8Array, RegExp]>([
    ['of another program', altered((_, metadata) => metadata.delete('format')), /another program wrote it/],
    [
      'with offsets that go back',
      altered((tensors) => tensors.set('user_ids_offsets', { shape: [3], data: Uint32Array.of(0, 13, 12) })),
      /"user_ids_offsets" does not divide the 12 bytes of "user_ids"/,
    ],
    [
      'with ids that are no UTF-8',
      altered((tensors) => tensors.set('user_ids', { shape: [12], data: new Uint8Array(12).fill(0xfc) })),
      /the tensor "user_ids" is wrong/,
    ],
    [
      'with one id for two rows',
      altered((tensors) => tensors.set('item_ids', { shape: [17], data: new Uint8Array(17).fill(0x61) })),
      /"aaaaaa" appears twice/,
    ],
    [
      'with floats for ids',
      altered((tensors) => tensors.set('item_ids', tensors.get('item_factors')!)),
      /"item_ids" is not U8/,
    ],
    ['without items', altered((tensors) => tensors.delete('item_factors')), /"item_factors" is missing/],
    [
      'with fewer ids than rows',
      formerAltered('user_ids', '["17850"]'),
      /"user_factors" is \[2,2\], but its ids and parameters say \[1,2\]/,
    ],
    ['with an id twice', formerAltered('user_ids', '["a","a"]'), /"a" appears twice/],
    ['with ids that are numbers', formerAltered('item_ids', '[1,2,3]'), /not a list of texts/],
    ['with ids that are not JSON', formerAltered('item_ids', '['), /not JSON/],
    ['without parameters', altered((_, metadata) => metadata.delete('parameters')), /"parameters" is missing/],
    [
      'with parameters of no sense',
      altered((_, metadata) => metadata.set('parameters', '{"feedback":"explicit"}')),
      /parameters are wrong/,
    ],
    ['with null for parameters', altered((_, metadata) => metadata.set('parameters', 'null')), /not an object/],
    [
      'with a factor that is not a number',
      altered((tensors) => tensors.set('user_factors', { shape: [2, 2], data: Float32Array.of(1, 2, Number.NaN, 4) })),
      /"user_factors" holds numbers that are not finite/,
    ],
  ])('%s is refused, with the reason', ([, bytes, message]) => {
    expect(() => readFactorModel(bytes)).toThrow(ModelFileError);
    expect(() => readFactorModel(bytes)).toThrow(message);
  });
});
