import { expect, test } from 'vitest';
import { kernelLayout } from './kernel-layout.ts';

const FACTORS = Array.from({ length: 128 }, (_, i) => i + 1);

test.each([16_384, 32_768])(
  'workgroups keep to 256 threads and %i bytes of shared memory, whatever the factors',
  (sharedBytes) => {
    for (const nFactors of FACTORS) {
      const { nTileRows, gramTeams, gramPanel, solveTeams } = kernelLayout(nFactors, sharedBytes);
      const nTiles = (nTileRows * (nTileRows + 1)) / 2;
      expect(Math.max(gramTeams, solveTeams) * nTiles).toBeLessThanOrEqual(256);
      expect(Math.min(gramTeams, solveTeams, gramPanel)).toBeGreaterThanOrEqual(1);
      // As the headers of normal-equations.wgsl and cholesky-solve.wgsl say.
      expect(gramTeams * gramPanel * (32 * nTileRows + 8)).toBeLessThanOrEqual(sharedBytes);
      expect(solveTeams * (296 * nTileRows + 4) + 4).toBeLessThanOrEqual(sharedBytes);
    }
  },
);

test('more shared memory stages more entries between barriers', () => {
  expect(kernelLayout(64, 16_384).gramPanel).toBe(8);
  expect(kernelLayout(64, 32_768).gramPanel).toBe(17);
});

test.each([0, 129, 1.5])('%d factors are refused', (nFactors) => {
  expect(() => kernelLayout(nFactors)).toThrow(RangeError);
});
