import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../training/random-start.ts';
import { diagonalize } from './symmetric-eigen.ts';

function check(a: Float64Array, k: number): void {
  const [q, values] = [new Float64Array(k * k), new Float64Array(k)];
  diagonalize(a.slice(), q, values, new Float64Array(2 * k), k);
  const size = Math.hypot(...a) || 1;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      let [product, orthogonality] = [0, 0];
      for (let f = 0; f < k; f++) {
        product += q[f * k + i]! * values[f]! * q[f * k + j]!;
        orthogonality += q[i * k + f]! * q[j * k + f]!;
      }
      expect(Math.abs(product - a[i * k + j]!)).toBeLessThan(1e-13 * k * size);
      expect(Math.abs(orthogonality - (i === j ? 1 : 0))).toBeLessThan(1e-13 * k);
    }
  }
}

/** A symmetric matrix of the given rank, and size, 10^exponent. */
function symmetric(k: number, rank: number, exponent: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const root = Float64Array.from({ length: k * rank }, () => 2 * random() - 1);
  return Float64Array.from({ length: k * k }, (_, at) => {
    let sum = 0;
    for (let t = 0; t < rank; t++) sum += root[Math.floor(at / k) * rank + t]! * root[(at % k) * rank + t]!;
    return sum * 10 ** exponent;
  });
}

test('A = QᵀΛQ with Q orthogonal, for matrices of any size, rank and scale', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 24 }),
      fc.nat({ max: 30 }),
      fc.integer({ min: -12, max: 12 }),
      fc.nat(),
      (k, rank, exponent, seed) => {
        check(symmetric(k, rank, exponent, seed), k);
      },
    ),
    { numRuns: 60 },
  );
});

test('special matrices do no harm: diagonal, equal eigenvalues, tridiagonal, negative', () => {
  check(Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 3), 3);
  check(Float64Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1), 3);
  check(Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0), 3);
  check(Float64Array.of(-4), 1);
  check(symmetric(128, 100, 0, 1), 128);
});

test('numbers that are not finite are an error, not an endless loop', () => {
  const a = symmetric(6, 6, 0, 1).fill(Number.NaN, 7, 8);
  expect(() => diagonalize(a, new Float64Array(36), new Float64Array(6), new Float64Array(12), 6)).toThrow(RangeError);
});
