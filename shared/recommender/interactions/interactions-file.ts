import { ModelFileError, readTensors, tensorNamed, writeTensors } from '../model/safetensors.ts';
import { IdMap } from './id-map.ts';
import type { Triples } from './triples.ts';

/** Interactions whose items have names and whose users have only numbers. */
export interface AnonymousInteractions {
  readonly items: IdMap;
  readonly nUsers: number;
  /** Without timestamps. */
  readonly triples: Triples;
}

/** What `__metadata__.format` says. */
const FORMAT = 'magpie-interactions-1';

/** Whole numbers above this are not exact as 32-bit floats, which is all that the file holds. */
const MAX_INDEX = 2 ** 24;

/** A safetensors file: tensors `users`, `items` and `values`, F32 [n]; in `__metadata__` the items' ids, as a JSON text. */
export function writeInteractions({ items, nUsers, triples }: AnonymousInteractions): Uint8Array<ArrayBuffer> {
  if (nUsers > MAX_INDEX || items.size > MAX_INDEX) {
    throw new RangeError(`${nUsers} users and ${items.size} items are too many: the file holds ${MAX_INDEX} of each`);
  }
  const shape = [triples.values.length];
  return writeTensors({
    tensors: new Map([
      ['users', { shape, data: Float32Array.from(triples.users) }],
      ['items', { shape, data: Float32Array.from(triples.items) }],
      ['values', { shape, data: triples.values }],
    ]),
    metadata: new Map([
      ['format', FORMAT],
      ['item_ids', JSON.stringify(items.ids)],
      ['n_users', String(nUsers)],
    ]),
  });
}

/** @throws ModelFileError when the bytes are no interactions: cut off, altered, or something else */
export function readInteractions(bytes: Uint8Array): AnonymousInteractions {
  const file = readTensors(bytes);
  const { metadata } = file;
  if (metadata.get('format') !== FORMAT) throw new ModelFileError('this is no file of interactions');
  const ids: unknown = JSON.parse(metadata.get('item_ids') ?? 'null');
  const nUsers = Number(metadata.get('n_users'));
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    throw new ModelFileError('the file of interactions has no list of item ids');
  }
  const floats = (name: string): Float32Array => tensorNamed(file, name, 'F32').data;
  const [users, items, values] = [floats('users'), floats('items'), floats('values')];
  if (users.length !== values.length || items.length !== values.length) {
    throw new ModelFileError('users, items and values differ in number');
  }
  if (!users.every((user) => isIndex(user, nUsers)) || !items.every((item) => isIndex(item, ids.length))) {
    throw new ModelFileError('an interaction is of a user or an item that there is not');
  }
  const triples = { users: Uint32Array.from(users), items: Uint32Array.from(items), values, timestamps: null };
  return { items: IdMap.of(ids), nUsers, triples };
}

function isIndex(value: number, end: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < end;
}
