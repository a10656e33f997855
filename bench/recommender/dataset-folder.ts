import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestSet } from '../../shared/recommender/evaluation/evaluation.ts';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import type { Csr, Dataset } from '../../shared/recommender/interactions/interactions.ts';
import { readFloat32Npy, readUint32Npy, writeNpy } from './npy.ts';

/** Sizes of a dataset that lies in a folder, with its rows by user and by item and its held-out pairs as arrays. */
export interface DatasetFolder {
  name: string;
  path: string;
  nUsers: number;
  nItems: number;
  nnz: number;
  hasTest: boolean;
}

/** Ids become their indices; held-out users and items that training does not know come after those that it knows. */
export function writeDataset(path: string, name: string, dataset: Dataset, test: TestSet | null): DatasetFolder {
  mkdirSync(path, { recursive: true });
  const { byUser, byItem } = dataset.interactions;
  writeRows(path, 'user', byUser);
  writeRows(path, 'item', byItem);
  if (test !== null) {
    writeNpy(join(path, 'test_users.npy'), knownFirst(test.triples.users, test.users, dataset.users));
    writeNpy(join(path, 'test_items.npy'), knownFirst(test.triples.items, test.items, dataset.items));
    writeNpy(join(path, 'test_values.npy'), test.triples.values);
  }
  const hasTest = test !== null;
  const folder = { name, path, nUsers: byUser.nRows, nItems: byItem.nRows, nnz: byUser.cols.length, hasTest };
  writeFileSync(join(path, 'sizes.json'), JSON.stringify(folder));
  return folder;
}

export function readDataset(path: string): Dataset {
  const { nUsers, nItems } = JSON.parse(readFileSync(join(path, 'sizes.json'), 'utf8')) as DatasetFolder;
  const byUser = readRows(path, 'user', nUsers, nItems);
  const byItem = readRows(path, 'item', nItems, nUsers);
  return { interactions: { byUser, byItem }, users: indices(nUsers), items: indices(nItems) };
}

export function readTest(path: string): TestSet {
  const [users, items] = [readUint32Npy(join(path, 'test_users.npy')), readUint32Npy(join(path, 'test_items.npy'))];
  const values = readFloat32Npy(join(path, 'test_values.npy'));
  return { users: idsOf(users), items: idsOf(items), triples: { users, items, values, timestamps: null } };
}

function writeRows(path: string, side: string, { rowPtr, cols, values }: Csr): void {
  writeNpy(join(path, `${side}_indptr.npy`), rowPtr);
  writeNpy(join(path, `${side}_indices.npy`), cols);
  writeNpy(join(path, `${side}_values.npy`), values);
}

function readRows(path: string, side: string, nRows: number, nCols: number): Csr {
  return {
    nRows,
    nCols,
    rowPtr: readUint32Npy(join(path, `${side}_indptr.npy`)),
    cols: readUint32Npy(join(path, `${side}_indices.npy`)),
    values: readFloat32Npy(join(path, `${side}_values.npy`)),
    weights: null,
  };
}

function knownFirst(indexed: Uint32Array, ids: IdMap, known: IdMap): Uint32Array {
  const all = IdMap.of(known.ids);
  const index = Uint32Array.from(ids.ids, (id) => all.intern(id));
  return indexed.map((i) => index[i]!);
}

function idsOf(indexed: Uint32Array): IdMap {
  return indices(indexed.reduce((most, i) => Math.max(most, i + 1), 0));
}

function indices(n: number): IdMap {
  return IdMap.of(Array.from({ length: n }, (_, i) => String(i)));
}
