import { describe, expect, test } from 'vitest';
import { IdMap } from '../interactions/id-map.ts';
import { defaultParameters } from '../training/parameters.ts';
import type { FactorModel } from './factor-model.ts';
import { readFactorModel, writeFactorModel } from './factor-model-file.ts';
import { ModelFileError, readTensors, type TensorFile, writeTensors } from './safetensors.ts';

const model: FactorModel = {
  nFactors: 2,
  users: IdMap.of(['17850', 'ü"ser\n']),
  items: IdMap.of(['85123A', '71053', '84406B']),
  userFactors: Float32Array.of(1, -2, 3.5, 1e-9),
  itemFactors: Float32Array.of(1, 2, 3, 4, 5, 6),
  parameters: { ...defaultParameters('implicit'), nFactors: 2, confidence: 'log:10,1' },
};

/** The bytes of the model after a change to what is in the file. */
function altered(
  change: (
    tensors: Map<string, { shape: readonly number[]; data: Float32Array }>,
    metadata: Map<string, string>,
  ) => void,
): Uint8Array {
  const file: TensorFile = readTensors(writeFactorModel(model));
  const [tensors, metadata] = [new Map(file.tensors), new Map(file.metadata)];
  change(tensors, metadata);
  return writeTensors({ tensors, metadata });
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

  test.for<[string, Uint8Array, RegExp]>([
    ['of another program', altered((_, metadata) => metadata.delete('format')), /another program wrote it/],
    ['without items', altered((tensors) => tensors.delete('item_factors')), /"item_factors" is missing/],
    [
      'with fewer ids than rows',
      altered((_, metadata) => metadata.set('user_ids', '["17850"]')),
      /"user_factors" is \[2,2\], but its ids and parameters say \[1,2\]/,
    ],
    ['with an id twice', altered((_, metadata) => metadata.set('user_ids', '["a","a"]')), /"a" appears twice/],
    ['with ids that are numbers', altered((_, metadata) => metadata.set('item_ids', '[1,2,3]')), /not a list of texts/],
    ['with ids that are not JSON', altered((_, metadata) => metadata.set('item_ids', '[')), /not JSON/],
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
