import { expect, test } from 'vitest';
import { ModelFileError, readTensors, writeTensors } from '../model/safetensors.ts';
import { IdMap } from './id-map.ts';
import { readInteractions, writeInteractions } from './interactions-file.ts';

const interactions = {
  items: IdMap.of(['kettle', 'Lampe “Öl”']),
  nUsers: 3,
  triples: {
    users: Uint32Array.of(0, 2, 2),
    items: Uint32Array.of(1, 0, 1),
    values: Float32Array.of(1, 2.5, 4),
    timestamps: null,
  },
};

test('what is written is read', () => {
  const read = readInteractions(writeInteractions(interactions));
  expect(read.items.ids).toEqual(interactions.items.ids);
  expect(read.nUsers).toBe(3);
  expect(read.triples).toEqual(interactions.triples);
});

test('a file that was cut off, is something else, or names a user that is not there is refused', () => {
  const bytes = writeInteractions(interactions);
  expect(() => readInteractions(bytes.subarray(0, bytes.length - 4))).toThrow(ModelFileError);
  expect(() => readInteractions(writeTensors({ tensors: new Map(), metadata: new Map() }))).toThrow(ModelFileError);
  const { tensors, metadata } = readTensors(bytes);
  const fewer = new Map(metadata).set('n_users', '2');
  expect(() => readInteractions(writeTensors({ tensors, metadata: fewer }))).toThrow('a user or an item');
});
