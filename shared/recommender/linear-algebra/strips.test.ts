import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../training/random-start.ts';
import { factorizeStrips, matrixMemory, substituteStrips } from './strip-cholesky.ts';
import {
  addCrossGram,
  addGram,
  addPanelTimes,
  panelMemory,
  SECOND_PANEL,
  stripIndex,
  stripWidth,
  symmetricTimes,
  transposedPanelTimes,
  unpackStrips,
  unpackSymmetric,
} from './strips.ts';

/** A matrix as rows of numbers, as the tests compute with it. */
type Matrix = number[][];

function randomMatrix(rows: number, cols: number, seed: number): Matrix {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, () => Array.from({ length: cols }, () => 2 * random() - 1));
}

function toStrips(a: Matrix): Float64Array {
  const width = a[0]!.length;
  const strips = new Float64Array(a.length * width);
  a.forEach((row, i) => {
    row.forEach((value, j) => {
      strips[stripIndex(i, j, width)] = value;
    });
  });
  return strips;
}

function at(strips: Float64Array, width: number, i: number, j: number): number {
  return strips[stripIndex(i, j, width)]!;
}

const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
const times = (a: Matrix, v: readonly number[]): number[] => a.map((row) => dot(row, v));

const widths = fc.integer({ min: 1, max: 8 }).map((strips) => 4 * strips);
const lengths = fc.integer({ min: 1, max: 70 });

test('a width is rounded up to whole strips', () => {
  expect([1, 4, 5, 64, 65].map(stripWidth)).toEqual([4, 4, 8, 64, 68]);
});

test('a strip holds four rows, column by column', () => {
  const rowsOfFour = Array.from({ length: 8 }, (_, i) => [0, 1, 2, 3].map((j) => stripIndex(i, j, 4)));
  expect(rowsOfFour[0]).toEqual([0, 4, 8, 12]);
  expect(rowsOfFour[3]).toEqual([3, 7, 11, 15]);
  expect(rowsOfFour[4]).toEqual([16, 20, 24, 28]);
});

test('a matrix is unpacked without what fills up its last strip, a symmetric one from its lower triangle', () => {
  const a = randomMatrix(8, 8, 1);
  const k = 6;
  const [all, symmetric] = [new Float64Array(k * k), new Float64Array(k * k)];
  unpackStrips(toStrips(a), k, all);
  unpackSymmetric(toStrips(a), k, symmetric);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      expect(all[i * k + j]).toBe(a[i]![j]);
      expect(symmetric[i * k + j]).toBe(a[Math.max(i, j)]![Math.min(i, j)]);
    }
  }
});

describe('kernels on strips do what their formulas say, for any width and length:', () => {
  test('P Pᵀ and P Qᵀ', () => {
    fc.assert(
      fc.property(widths, widths, lengths, fc.nat(), (width, height, length, seed) => {
        const [p, q] = [randomMatrix(height, length, seed), randomMatrix(width, length, seed + 1)];
        const offset = 16;
        const gram = new Float64Array(offset + height * height).fill(0.5);
        const cross = new Float64Array(offset + height * width).fill(0.5);
        panelMemory().set(toStrips(p));
        panelMemory().set(toStrips(q), SECOND_PANEL);
        addGram(length, height, gram, offset);
        addCrossGram(length, height, width, cross, offset);
        for (let i = 0; i < height; i++) {
          for (let j = 0; j < width; j++) {
            expect(at(cross.subarray(offset), width, i, j)).toBeCloseTo(0.5 + dot(p[i]!, q[j]!), 10);
          }
          for (let j = 0; j <= i; j++) {
            expect(at(gram.subarray(offset), height, i, j)).toBeCloseTo(0.5 + dot(p[i]!, p[j]!), 10);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('P v and Pᵀ v', () => {
    fc.assert(
      fc.property(widths, lengths, fc.nat(), (width, length, seed) => {
        const p = randomMatrix(width, length, seed);
        const [[v = []], [w = []]] = [randomMatrix(1, length, seed + 1), randomMatrix(1, width, seed + 2)];
        const [out, transposed] = [new Float64Array(width).fill(2), new Float64Array(length)];
        panelMemory().set(toStrips(p));
        addPanelTimes(length, width, Float64Array.from(v), out);
        transposedPanelTimes(length, width, Float64Array.from(w), transposed);
        times(p, v).forEach((value, i) => {
          expect(out[i]).toBeCloseTo(2 + value, 10);
        });
        transposed.forEach((value, t) => {
          expect(value).toBeCloseTo(
            dot(
              p.map((row) => row[t]!),
              w,
            ),
            10,
          );
        });
      }),
      { numRuns: 40 },
    );
  });

  test('A v for a symmetric A, of which only the lower triangle is read', () => {
    fc.assert(
      fc.property(widths, fc.nat(), (width, seed) => {
        const half = randomMatrix(width, width, seed);
        const a = half.map((row, i) => row.map((value, j) => (j <= i ? value : half[j]![i]!)));
        const strips = toStrips(a.map((row, i) => row.map((value, j) => (j >> 2 > i >> 2 ? Number.NaN : value))));
        const [v = []] = randomMatrix(1, width, seed + 1);
        const out = new Float64Array(width);
        symmetricTimes(strips, width, Float64Array.from(v), out);
        times(a, v).forEach((value, i) => {
          expect(out[i]).toBeCloseTo(value, 10);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('A⁻¹ b by Cholesky, of which only the lower triangle is read', () => {
    fc.assert(
      fc.property(widths, fc.nat(), (width, seed) => {
        const root = randomMatrix(width, width + 3, seed);
        const a = root.map((row, i) => root.map((other, j) => dot(row, other) + (i === j ? 0.1 : 0)));
        const strips = toStrips(a.map((row, i) => row.map((value, j) => (j > i ? Number.NaN : value))));
        const [x = []] = randomMatrix(1, width, seed + 1);
        const solution = Float64Array.from(times(a, x));
        const inverses = new Float64Array(width);
        matrixMemory().set(strips);
        expect(factorizeStrips(width, 0, inverses)).toBe(true);
        substituteStrips(width, inverses, solution);
        x.forEach((value, i) => {
          expect(solution[i]).toBeCloseTo(value, 8);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('a pivot that is not positive is reported, in whatever place', () => {
    for (let bad = 0; bad < 12; bad++) {
      const a = Array.from({ length: 12 }, (_, i) =>
        Array.from({ length: 12 }, (_, j) => (i === j && i !== bad ? 1 : 0)),
      );
      matrixMemory().set(toStrips(a));
      expect(factorizeStrips(12, 1e-12, new Float64Array(12))).toBe(false);
    }
  });
});
