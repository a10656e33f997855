import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minimizeQuartic, type QuarticCoefficients, quarticChange } from './quartic.ts';

function quartic(c1: number, c2: number, c3: number, c4: number): QuarticCoefficients {
  return { c0: 0, c1, c2, c3, c4 };
}

describe('the lowest point of a quartic over α > 0', () => {
  test('of a parabola is its vertex', () => {
    expect(minimizeQuartic(quartic(-4, 2, 0, 0))).toBeCloseTo(1, 14);
  });

  test('of two valleys is the deeper one, near or far', () => {
    // L′ = (α − 1)(α − 2)(α − 4), and the same with the valleys the other way round.
    expect(minimizeQuartic(quartic(-8, 7, -7 / 3, 1 / 4))).toBeCloseTo(4, 12);
    // L′ = (α − 1)(α − 3)(α − 4)
    expect(minimizeQuartic(quartic(-12, 9.5, -8 / 3, 1 / 4))).toBeCloseTo(1, 12);
  });

  test('may lie behind a hill when the start goes uphill', () => {
    // L′ = (α − 1)(α − 4)α + 0.01: up first, then down far below the start.
    expect(minimizeQuartic(quartic(0.01, 2, -5 / 3, 1 / 4))).toBeCloseTo(4, 2);
  });

  test('of an exact step to zero loss is found to all digits', () => {
    // L = (1 − α)⁴
    expect(minimizeQuartic(quartic(-4, 6, -4, 1))).toBeCloseTo(1, 4);
  });

  test.for<[string, QuarticCoefficients]>([
    ['everything lower lies behind', quartic(1, 1, 0, 0)],
    ['it is flat', quartic(0, 0, 0, 0)],
    ['it falls for ever', quartic(-1, 0, 0, 0)],
    ['it falls for ever in the end', quartic(-1, 1, 0, -1)],
    ['a coefficient is not a number', quartic(Number.NaN, 1, 0, 1)],
    ['a coefficient is infinite', quartic(-1, Number.POSITIVE_INFINITY, 0, 1)],
  ])('does not exist when %s', ([, coefficients]) => {
    expect(minimizeQuartic(coefficients)).toBeNull();
  });

  const coefficient = fc.double({ min: -100, max: 100, noNaN: true });
  const scale = fc.integer({ min: -12, max: 12 }).map((exponent) => 10 ** exponent);

  test('is lower than every other point, for any coefficients at any scale', () => {
    fc.assert(
      fc.property(
        fc.tuple(coefficient, coefficient, coefficient, fc.double({ min: 1e-3, max: 100, noNaN: true })),
        scale,
        scale,
        ([c1, c2, c3, c4], lossScale, stepScale) => {
          const s = stepScale;
          const q = quartic(
            (lossScale * c1) / s,
            (lossScale * c2) / s ** 2,
            (lossScale * c3) / s ** 3,
            (lossScale * c4) / s ** 4,
          );
          const found = minimizeQuartic(q);
          const least = found === null ? 0 : quarticChange(q, found);
          const slack = 1e-9 * lossScale;
          for (let i = 1; i <= 400; i++) {
            expect(quarticChange(q, (s * i) / 20)).toBeGreaterThanOrEqual(least - slack - 1e-9 * Math.abs(least));
          }
          if (found !== null) expect(found).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is a root of the derivative to nearly all digits', () => {
    fc.assert(
      fc.property(fc.tuple(coefficient, coefficient, coefficient), ([c1, c2, c3]) => {
        const q = quartic(c1, c2, c3, 1);
        const alpha = minimizeQuartic(q);
        if (alpha === null) return;
        const terms = [q.c1, 2 * q.c2 * alpha, 3 * q.c3 * alpha ** 2, 4 * q.c4 * alpha ** 3];
        const slope = terms.reduce((sum, term) => sum + term, 0);
        const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
        expect(Math.abs(slope)).toBeLessThan(1e-13 * size);
      }),
      { numRuns: 500 },
    );
  });
});
