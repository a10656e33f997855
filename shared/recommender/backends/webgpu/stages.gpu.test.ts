/** Every kernel of training against the reference's function of the same stage, with all that the device has and with little. */
import { afterAll, describe, expect, test } from 'vitest';
import { rowLength } from '../../interactions/interactions.ts';
import { solvePositive } from '../../linear-algebra/cholesky.ts';
import { allPairsWeight, ridges } from '../../training/regularization.ts';
import { allPairsCoefficients, observedCoefficients, ridgeCoefficients } from '../reference/line-search.ts';
import * as reference from '../reference/stages.ts';
import { BASELINE, type GpuCapabilities } from './gpu-capabilities.ts';
import { GpuConnection } from './gpu-connection.ts';
import { type KernelLayout, untileGramian } from './kernel-layout.ts';
import { allPairsQuartic } from './line-search.ts';
import { LARGE_SHAPE, problemOfShape, randomPoint, SHAPES, type Shape } from './testing/awkward-shapes.ts';
import { openedStages } from './testing/opened-stages.ts';
import type { Side } from './vector-shards.ts';

/** Buffers of this size, and a grid so narrow that every dispatch of a few workgroups needs its second dimension. */
const NARROW: GpuCapabilities = { ...BASELINE, bindingBytes: 40_960, groupsPerDimension: 3 };

const VARIANTS: readonly {
  name: string;
  restrictTo: Partial<GpuCapabilities>;
  capabilities: Partial<GpuCapabilities>;
  shapes: readonly Shape[];
}[] = [
  {
    name: 'all that the device has',
    restrictTo: {},
    capabilities: { workgroupSum: 'workgroup-sum-subgroups', sharedBytes: 32_768 },
    shapes: SHAPES,
  },
  { name: 'what every device has', restrictTo: BASELINE, capabilities: BASELINE, shapes: SHAPES },
  { name: 'small buffers', restrictTo: NARROW, capabilities: NARROW, shapes: [LARGE_SHAPE] },
];

const COEFFICIENTS = ['c0', 'c1', 'c2', 'c3', 'c4'] as const;

for (const { name, restrictTo, capabilities, shapes } of VARIANTS) {
  const gpu = await GpuConnection.open({ restrictTo });
  afterAll(() => gpu.close());

  describe(`${name}:`, () => {
    test('the adapter is SwiftShader, and the pipelines are those of this variant', () => {
      expect(gpu.adapterName).toMatch(/SwiftShader/);
      expect(gpu.capabilities).toMatchObject(capabilities);
    });

    describe.each(shapes)('$name:', (shape) => {
      describeStages(gpu, shape);
    });
  });
}

test('a row is spread over several buffers, blocks and pieces where it does not fit one', async () => {
  const gpu = await GpuConnection.open({ restrictTo: NARROW });
  const { stages, close } = await openedStages(gpu, problemOfShape(LARGE_SHAPE));
  expect(stages.shards.users).toHaveLength(2);
  expect(stages.shards.items).toHaveLength(3);
  expect(stages.problem.users.length).toBeGreaterThan(2);
  expect(Math.max(...stages.problem.users.map(({ pieces }) => pieces.length))).toBe(2);
  close();
  gpu.close();
});

function describeStages(gpu: GpuConnection, shape: Shape): void {
  const problem = problemOfShape(shape);
  const { nFactors: k } = problem;
  const { byUser, byItem } = problem.interactions;
  const [nUsers, nItems] = [byUser.nRows, byItem.nRows];
  const alpha0 = allPairsWeight(problem.objective);
  const x = randomPoint(nUsers + nItems, k, 1);
  const p = randomPoint(nUsers + nItems, k, 2);
  const [u, v] = [x.subarray(0, nUsers * k), x.subarray(nUsers * k)];
  const [pu, pv] = [p.subarray(0, nUsers * k), p.subarray(nUsers * k)];
  const sides = {
    users: { csr: byUser, own: u, other: v, ridge: ridges(problem).users },
    items: { csr: byItem, own: v, other: u, ridge: ridges(problem).items },
  };
  const allPairsOf = (side: Side): Float64Array | null => {
    const { other } = sides[side];
    return alpha0 > 0 ? reference.gramian(other, other, k).map((g) => alpha0 * g) : null;
  };

  describe.each(['users', 'items'] as const)('of %s,', (side) => {
    const { csr, own, other, ridge } = sides[side];
    const allPairs = allPairsOf(side);

    test('normal equations', async () => {
      const { stages, upload, runPieces, read, close } = await openedStages(gpu, problem);
      const at = upload(x);
      const { slots, layout } = stages;
      for (const block of stages.problem[side]) {
        await runPieces(block, (pass, piece, entries) =>
          stages.normalEquations.encode(pass, piece, entries, at, slots),
        );
        const numbers = await read(slots, block.nRows * layout.equationsBytes);
        for (let r = 0; r < block.nRows; r++) {
          const row = firstRowOf(stages.problem[side], block) + r;
          if (rowLength(csr, row) === 0) continue;
          const expected = reference.normalEquations(csr, row, other, k, 0, null);
          const { a, b } = untileEquations(numbers, r, layout);
          expect(error(a, expected.a)).toBeLessThan(1e-5);
          expect(error(b, expected.b, norm(expected.a))).toBeLessThan(1e-5);
        }
      }
      close();
    });

    test('Cholesky solution and the gradient 2(A u − b)', async () => {
      const { stages, upload, run, runPieces, readSide, close } = await openedStages(gpu, problem);
      const [at, solution, g] = [upload(x), upload(p), upload(p)];
      const { slots, problem: onDevice } = stages;
      const gramian = side === 'users' ? stages.gramians?.items : stages.gramians?.users;
      const buffers = {
        ...{ rowTables: onDevice.rowTables, slots, solution },
        allPairs: gramian?.result ?? stages.unused,
      };
      await run((pass) => gramian?.encode(pass, at, at));
      for (const block of onDevice[side]) {
        await runPieces(block, (pass, piece, entries) =>
          stages.normalEquations.encode(pass, piece, entries, at, slots),
        );
        await run((pass) => stages.choleskySolve.encode(pass, block, buffers, { at, g }));
      }
      const [factors, gradients] = [await readSide(solution, side), await readSide(g, side)];
      for (let r = 0; r < csr.nRows; r++) {
        const { a, b } = reference.normalEquations(csr, r, other, k, ridge[r]!, allPairs);
        const gradient = reference.gradientFromNormalEquations({ a, b }, own, r * k);
        expect(error(rowOf(gradients, r, k), gradient)).toBeLessThan(1e-5);
        const got = rowOf(factors, r, k);
        const exact = new Float64Array(k);
        if (rowLength(csr, r) === 0) {
          expect(got).toEqual(exact);
          continue;
        }
        if (norm(b) === 0) {
          // What the entries cancel to is rounding on the device.
          expect(norm(got)).toBeLessThan(1e-5);
          continue;
        }
        const residual = reference.gradientFromNormalEquations({ a, b }, got, 0);
        expect(norm(residual) / norm(b)).toBeLessThan(1e-4);
        solvePositive(a, b, exact);
        expect(error(got, exact)).toBeLessThan(1e-3);
      }
      // The other side's rows of the vectors are left alone.
      const others = side === 'users' ? 'items' : 'users';
      expect(await readSide(solution, others)).toEqual(others === 'users' ? pu : pv);
      close();
    });

    test('gradient of a row', async () => {
      const { stages, upload, run, runPieces, readSide, close } = await openedStages(gpu, problem);
      const [at, gradient] = [upload(x), upload(p)];
      const { slots, problem: onDevice, rowGradient } = stages;
      const gramian = side === 'users' ? stages.gramians?.items : stages.gramians?.users;
      const buffers = {
        ...{ rowTables: onDevice.rowTables, slots, x: at, gradient },
        allPairs: gramian?.result ?? stages.unused,
      };
      await run((pass) => gramian?.encode(pass, at, at));
      for (const block of onDevice[side]) {
        await runPieces(block, (pass, piece, entries) => rowGradient.encodePiece(pass, block, piece, entries, buffers));
        await run((pass) => rowGradient.encodeFinish(pass, block, buffers));
      }
      const g = await readSide(gradient, side);
      for (let r = 0; r < csr.nRows; r++) {
        const expected = reference.gradientOfRow(csr, r, own, other, k, ridge[r]!, allPairs);
        expect(error(rowOf(g, r, k), expected)).toBeLessThan(1e-5);
      }
      close();
    });
  });

  test('sums of a line search', async () => {
    const { stages, upload, run, runPieces, read, close } = await openedStages(gpu, problem);
    const [at, along] = [upload(x), upload(p)];
    const { lineSearch, problem: onDevice } = stages;
    for (const block of onDevice.users) {
      await runPieces(block, (pass, piece, entries) => lineSearch.encodePiece(pass, block, piece, entries, at, along));
    }
    await run((pass) => lineSearch.encodeRidges(pass, at, along));
    const terms = [
      observedCoefficients(byUser, u, v, pu, pv, k),
      ridgeCoefficients(sides.users.ridge, u, pu, k),
      ridgeCoefficients(sides.items.ridge, v, pv, k),
    ];
    const actual = lineSearch.quarticOf(await read(lineSearch.parts.buffer, lineSearch.parts.sizeBytes));
    const size = terms.reduce((sum, { c0, c2, c4 }) => sum + c0 + Math.abs(c2) + c4, 0);
    for (const c of COEFFICIENTS) {
      const expected = terms.reduce((sum, term) => sum + term[c], 0);
      expect(Math.abs(actual[c] - expected)).toBeLessThanOrEqual(1e-6 * size);
    }
    close();
  });

  test('combination, in place too, and inner product', async () => {
    const { stages, upload, run, read, readSide, close } = await openedStages(gpu, problem);
    const { combine, dot, memory } = stages;
    const [left, right] = [upload(x), upload(p)];
    const expected = new Float64Array(x.length);
    reference.combine(expected, 2, x, -3, p);
    for (const operands of ['neither', 'x', 'y'] as const) {
      const [xs, ys, fresh] = [upload(x), upload(p), upload(x)];
      const out = { neither: fresh, x: xs, y: ys }[operands];
      await run((pass) => combine.encode(pass, out, 2, xs, -3, ys));
      const sum = [...(await readSide(out, 'users')), ...(await readSide(out, 'items'))];
      expect(error(Float64Array.from(sum), expected)).toBeLessThan(1e-6);
    }
    const both = upload(x);
    await run((pass) => combine.encode(pass, both, 2, both, -3, both));
    expect(
      error(
        await readSide(both, 'users'),
        u.map((value) => -value),
      ),
    ).toBeLessThan(1e-6);
    const parts = memory.storage(dot.partsBytes, 'parts');
    await run((pass) => dot.encode(pass, left, right, parts, 0));
    const total = (await read(parts)).reduce((sum, part) => sum + part, 0);
    expect(Math.abs(total - reference.dot(x, p)) / (norm(x) * norm(p))).toBeLessThan(1e-6);
    close();
  });

  if (alpha0 > 0)
    test('Gramians, and the all-pairs quartic of them', async () => {
      const { stages, upload, run, read, close } = await openedStages(gpu, problem);
      const { gramians, layout } = stages;
      const [at, along] = [upload(x), upload(p)];
      const tiles: Float32Array[] = [];
      for (const gramian of [gramians!.users, gramians!.items]) {
        for (const [left, right] of [
          [at, at],
          [at, along],
          [along, along],
        ] as const) {
          await run((pass) => gramian.encode(pass, left, right));
          tiles.push(await read(gramian.result, layout.gramianBytes));
        }
      }
      expect(error(untileGramian(tiles[1]!, layout), reference.gramian(u, pu, k))).toBeLessThan(1e-5);
      expect(error(untileGramian(tiles[5]!, layout), reference.gramian(pv, pv, k))).toBeLessThan(1e-5);
      const actual = allPairsQuartic(Float32Array.from(tiles.flatMap((tile) => [...tile])), layout, alpha0);
      const expected = allPairsCoefficients(u, v, pu, pv, k);
      for (const c of COEFFICIENTS) {
        expect(Math.abs(actual[c] - alpha0 * expected[c])).toBeLessThan(1e-5 * alpha0 * (expected.c0 + expected.c4));
      }
      close();
    });
}

/** Among the rows of a side, the first of a block. */
function firstRowOf<B extends { nRows: number }>(blocks: readonly B[], block: B): number {
  return blocks.slice(0, blocks.indexOf(block)).reduce((sum, { nRows }) => sum + nRows, 0);
}

/** A [k × k] and b [k] out of a slot of normal-equations.wgsl. */
function untileEquations(
  slots: Float32Array,
  slot: number,
  { nFactors: k, nTileRows, equationsBytes }: KernelLayout,
): reference.NormalEquations {
  const nTiles = (nTileRows * (nTileRows + 1)) / 2;
  const at = (slot * equationsBytes) / 4;
  const a = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const [r, c] = i >> 3 <= j >> 3 ? [i, j] : [j, i];
      const tile = ((c >> 3) * ((c >> 3) + 1)) / 2 + (r >> 3);
      a[i * k + j] = slots[at + 4 * ((2 * (r % 8) + ((c % 8) >> 2)) * nTiles + tile) + (c % 4)]!;
    }
  }
  return { a, b: Float64Array.from(slots.subarray(at + 64 * nTiles, at + 64 * nTiles + k)) };
}

function rowOf(rows: Float64Array, r: number, k: number): Float64Array {
  return rows.slice(r * k, (r + 1) * k);
}

function norm(x: Float64Array): number {
  return Math.hypot(...x);
}

/** In the maximum norm, against `scale`: the largest element where nothing else is said. */
function error(actual: Float64Array, expected: Float64Array, scale?: number): number {
  const largest = scale ?? expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const worst = actual.reduce((max, value, i) => Math.max(max, Math.abs(value - expected[i]!)), 0);
  return worst === 0 ? 0 : worst / largest;
}
