import { expect, test } from 'vitest';
import { IdMap } from '../interactions/id-map.ts';
import { defaultParameters } from '../training/parameters.ts';
import { readFactorModel, writeFactorModel } from './factor-model-file.ts';

test('a damaged model file is refused in the browser, and a whole one is read', () => {
  const bytes = writeFactorModel({
    ...{ nFactors: 1, users: new IdMap(), userFactors: new Float32Array() },
    ...{ items: IdMap.of(['tea', 'Lampe “Öl”']), itemFactors: Float32Array.of(1, 2) },
    parameters: { ...defaultParameters('implicit'), nFactors: 1 },
  });
  expect(readFactorModel(bytes).items.ids).toEqual(['tea', 'Lampe “Öl”']);
  bytes[bytes.length - 30]! ^= 1;
  expect(() => readFactorModel(bytes)).toThrow(/^the file is damaged: its bytes have the checksum /);
});
