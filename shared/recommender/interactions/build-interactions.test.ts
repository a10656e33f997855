import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildInteractions, transpose } from './build-interactions.ts';
import type { Csr } from './interactions.ts';
import { TripleBuffer, type Triples } from './triples.ts';

type Row = [user: number, item: number, value: number, timestamp?: number];

function triples(rows: readonly Row[]): Triples {
  const buffer = new TripleBuffer();
  for (const row of rows) buffer.add(...row);
  return buffer.triples();
}

function entries(csr: Csr): Map<string, number> {
  const found = new Map<string, number>();
  for (let r = 0; r < csr.nRows; r++) {
    for (let e = csr.rowPtr[r]!; e < csr.rowPtr[r + 1]!; e++) found.set(`${r},${csr.cols[e]}`, csr.values[e]!);
  }
  return found;
}

describe('buildInteractions', () => {
  test('keeps the last of repeated ratings, by position', () => {
    const { byUser } = buildInteractions(
      triples([
        [0, 1, 3],
        [1, 0, 2],
        [0, 1, 5],
      ]),
      { nUsers: 2, nItems: 2 },
      'last',
    );
    expect(entries(byUser)).toEqual(
      new Map([
        ['0,1', 5],
        ['1,0', 2],
      ]),
    );
  });

  test('keeps the last of repeated ratings, by timestamp where there are any', () => {
    const rows: Row[] = [
      [0, 1, 3, 200],
      [0, 1, 5, 100],
    ];
    expect(entries(buildInteractions(triples(rows), { nUsers: 1, nItems: 2 }, 'last').byUser)).toEqual(
      new Map([['0,1', 3]]),
    );
  });

  test('adds up repeated counts', () => {
    const rows: Row[] = [
      [0, 1, 3],
      [0, 0, 1],
      [0, 1, 4],
    ];
    expect(entries(buildInteractions(triples(rows), { nUsers: 1, nItems: 2 }, 'sum').byUser)).toEqual(
      new Map([
        ['0,0', 1],
        ['0,1', 7],
      ]),
    );
  });

  test('gives users and items without observations empty rows', () => {
    const { byUser, byItem } = buildInteractions(triples([[1, 2, 1]]), { nUsers: 3, nItems: 4 }, 'last');
    expect([...byUser.rowPtr]).toEqual([0, 0, 1, 1]);
    expect([...byItem.rowPtr]).toEqual([0, 0, 0, 1, 1]);
  });

  test.for<[string, Row]>([
    ['user 2', [2, 0, 1]],
    ['item 7', [0, 7, 1]],
    ['not finite', [0, 0, Number.NaN]],
    ['not finite', [0, 0, 1e39]],
  ])('refuses %s, naming the triple', ([what, row]) => {
    const build = (): unknown => buildInteractions(triples([[0, 0, 1], row]), { nUsers: 2, nItems: 7 }, 'last');
    expect(build).toThrow(RangeError);
    expect(build).toThrow(/triple 1/);
    expect(build).toThrow(new RegExp(what));
  });

  const rows = fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 8 }), fc.integer({ min: -4, max: 5 })), {
    maxLength: 80,
  });

  test('holds by user, and by item, exactly what a map of the pairs holds', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('last' as const, 'sum' as const), (list, rule) => {
        const expected = new Map<string, number>();
        for (const [user, item, value] of list) {
          const key = `${user},${item}`;
          expected.set(key, rule === 'sum' ? (expected.get(key) ?? 0) + value : value);
        }
        const { byUser, byItem } = buildInteractions(triples(list), { nUsers: 7, nItems: 9 }, rule);
        expect(entries(byUser)).toEqual(expected);
        expect(entries(transpose(byItem))).toEqual(expected);
        for (const csr of [byUser, byItem]) {
          for (let r = 0; r < csr.nRows; r++) {
            const cols = [...csr.cols.subarray(csr.rowPtr[r], csr.rowPtr[r + 1])];
            expect(cols).toEqual(cols.toSorted((a, b) => a - b));
          }
        }
      }),
    );
  });
});

describe('TripleBuffer', () => {
  test('grows without losing anything', () => {
    const buffer = new TripleBuffer();
    for (let i = 0; i < 5000; i++) buffer.add(i, 2 * i, i / 2, 3 * i);
    const { users, items, values, timestamps } = buffer.triples();
    expect(users).toHaveLength(5000);
    expect([users[4999], items[4999], values[4999], timestamps?.[4999]]).toEqual([4999, 9998, 2499.5, 14997]);
  });

  test('has timestamps only when every triple has one', () => {
    expect(
      triples([
        [0, 0, 1, 5],
        [0, 1, 1],
      ]).timestamps,
    ).toBeNull();
  });
});
