/** Every kernel against the reference's function of the same stage. */
import { afterAll, describe, expect, test } from 'vitest';
import { solvePositive } from '../../cholesky.ts';
import type { Problem } from '../../compute-backend.ts';
import { type Csr, rowLength } from '../../interactions.ts';
import { seededRandom } from '../../random-start.ts';
import { allPairsWeight, ridges } from '../../regularization.ts';
import { allPairsCoefficients, observedCoefficients, ridgeCoefficients } from '../reference/line-search.ts';
import * as reference from '../reference/stages.ts';
import { CommandQueue } from './command-queue.ts';
import { DOT_PARTS_BYTES } from './dot.ts';
import { GpuConnection } from './gpu-connection.ts';
import { type KernelLayout, untileGramian } from './kernel-layout.ts';
import { allPairsQuartic, observedQuartic } from './line-search.ts';
import { Readback } from './readback.ts';
import { SEGMENT_ENTRIES } from './row-blocks.ts';
import { openStages, type Stages } from './stages.ts';

const gpu = await GpuConnection.open();
afterAll(() => gpu.close());

test('the adapter is SwiftShader', () => {
  expect(gpu.adapterName).toMatch(/SwiftShader/);
});

/** Entries of each user; columns are drawn at random, repeated ones included. */
interface Shape {
  name: string;
  userLengths: readonly number[];
  nItems: number;
  nFactors: number;
  alpha0: number;
  isWeighted: boolean;
}

const SHAPES: readonly Shape[] = [
  {
    name: 'rows of many lengths',
    userLengths: [3, 0, 17, 1, 8, 40, 2, 9],
    nItems: 12,
    nFactors: 5,
    alpha0: 0.3,
    isWeighted: true,
  },
  {
    name: 'a heavy row',
    userLengths: [2 * SEGMENT_ENTRIES + 7, 1, 0, 30],
    nItems: 9,
    nFactors: 10,
    alpha0: 0,
    isWeighted: false,
  },
  { name: 'one user', userLengths: [6], nItems: 4, nFactors: 1, alpha0: 0, isWeighted: true },
  { name: 'nobody', userLengths: [0, 0], nItems: 3, nFactors: 8, alpha0: 0.5, isWeighted: false },
  { name: '128 factors', userLengths: [150, 2], nItems: 20, nFactors: 128, alpha0: 0.1, isWeighted: true },
];

for (const shape of SHAPES) {
  describe(`${shape.name}:`, () => {
    const problem = problemOfShape(shape);
    const { nFactors: k } = problem;
    const { byUser, byItem } = problem.interactions;
    const [nUsers, nItems] = [byUser.nRows, byItem.nRows];
    const userRidges = ridges(problem).users;
    const alpha0 = allPairsWeight(problem.objective);
    const x = randomVector(nUsers + nItems, k, 1);
    const p = randomVector(nUsers + nItems, k, 2);
    const [u, v] = [x.subarray(0, nUsers * k), x.subarray(nUsers * k)];
    const allPairs = alpha0 > 0 ? reference.gramian(v, v, k).map((g) => alpha0 * g) : null;
    const equations = Array.from({ length: nUsers }, (_, r) =>
      reference.normalEquations(byUser, r, v, k, userRidges[r]!, allPairs),
    );

    test('normal equations', async () => {
      const { stages, vector, run } = await open(problem);
      const from = vector(x);
      const block = stages.problem.users.blocks[0]!;
      const slots = await run(
        (pass) => stages.normalEquations.encode(pass, block, stages.problem.users.entries(block), from, stages.slots),
        stages.slots,
        block.nSlots * stages.layout.equationsBytes,
      );
      for (let r = 0; r < nUsers; r++) {
        if (rowLength(byUser, r) === 0) continue;
        const expected = reference.normalEquations(byUser, r, v, k, 0, null);
        const { a, b } = untileEquations(slots, r, stages.layout);
        expect(error(a, expected.a)).toBeLessThan(1e-5);
        expect(error(b, expected.b)).toBeLessThan(1e-5);
      }
    });

    test('Cholesky solution and the gradient 2(A u − b)', async () => {
      const { stages, vector, run } = await open(problem);
      const [from, solution, g] = [vector(x), vector(x), vector(x)];
      const { users, rowTable } = stages.problem;
      const gramian = stages.gramians?.items;
      const factors = await run(
        (pass) => {
          gramian?.encode(pass, from, from);
          const block = users.blocks[0]!;
          stages.normalEquations.encode(pass, block, users.entries(block), from, stages.slots);
          const buffers = { rowTable, slots: stages.slots, allPairs: gramian?.result ?? stages.unused, solution };
          stages.choleskySolve.encode(pass, block, buffers, { at: from, g });
        },
        solution,
        nUsers * stages.layout.rowBytes,
      );
      const gradients = await run(() => {}, g, nUsers * stages.layout.rowBytes);
      for (let r = 0; r < nUsers; r++) {
        const { a, b } = equations[r]!;
        const gradient = reference.gradientFromNormalEquations({ a, b }, u, r * k);
        expect(error(row(gradients, r, stages.layout), gradient)).toBeLessThan(1e-5);
        const got = row(factors, r, stages.layout);
        const residual = reference.gradientFromNormalEquations({ a, b }, got, 0);
        if (rowLength(byUser, r) === 0) expect(got.every((factor) => factor === 0)).toBe(true);
        else expect(norm(residual) / norm(b)).toBeLessThan(1e-4);
        const exact = new Float64Array(k);
        if (rowLength(byUser, r) > 0) solvePositive(a.slice(), b, exact);
        expect(error(got, exact)).toBeLessThan(1e-3);
      }
    });

    test('gradient of a row', async () => {
      const { stages, vector, run } = await open(problem);
      const [from, gradient] = [vector(x), vector(x)];
      const { users, rowTable } = stages.problem;
      const gramian = stages.gramians?.items;
      const block = users.blocks[0]!;
      const g = await run(
        (pass) => {
          gramian?.encode(pass, from, from);
          const allPairsBuffer = gramian?.result ?? stages.unused;
          const buffers = { rowTable, slots: stages.slots, allPairs: allPairsBuffer, x: from, gradient };
          stages.rowGradient.encode(pass, block, users.entries(block), buffers);
        },
        gradient,
        nUsers * stages.layout.rowBytes,
      );
      for (let r = 0; r < nUsers; r++) {
        const expected = reference.gradientOfRow(byUser, r, u, v, k, userRidges[r]!, allPairs);
        expect(error(row(g, r, stages.layout), expected)).toBeLessThan(1e-5);
      }
    });

    test('sums of a line search', async () => {
      const { stages, vector, run } = await open(problem);
      const [at, along] = [vector(x), vector(p)];
      const { users } = stages.problem;
      const parts = await run(
        (pass) => {
          const block = users.blocks[0]!;
          stages.lineSearch.encodeBlock(pass, block, users.entries(block), at, along);
          stages.lineSearch.encodeRidges(pass, at, along);
        },
        stages.lineSearch.parts.buffer,
        stages.lineSearch.parts.sizeBytes,
      );
      const [pu, pv] = [p.subarray(0, nUsers * k), p.subarray(nUsers * k)];
      const terms = [
        observedCoefficients(byUser, u, v, pu, pv, k),
        ridgeCoefficients(userRidges, u, pu, k),
        ridgeCoefficients(ridges(problem).items, v, pv, k),
      ];
      const actual = observedQuartic(parts);
      const size = terms.reduce((sum, { c0, c2, c4 }) => sum + c0 + Math.abs(c2) + c4, 0);
      for (const c of ['c0', 'c1', 'c2', 'c3', 'c4'] as const) {
        const expected = terms.reduce((sum, term) => sum + term[c], 0);
        expect(Math.abs(actual[c] - expected)).toBeLessThanOrEqual(1e-6 * size);
      }
    });

    test('combination and inner product', async () => {
      const { stages, vector, run } = await open(problem);
      const [left, right, out] = [vector(x), vector(p), vector(x)];
      const sum = await run((pass) => stages.combine.encode(pass, out, 2, left, -3, right), out, out.size);
      const expected = new Float64Array(x.length);
      reference.combine(expected, 2, x, -3, p);
      expect(error(unpadded(sum, stages.layout), expected)).toBeLessThan(1e-6);
      const parts = stages.memory.storage(DOT_PARTS_BYTES, 'parts');
      const numbers = await run((pass) => stages.dot.encode(pass, left, right, parts, 0), parts, parts.size);
      const total = numbers.reduce((total, part) => total + part, 0);
      expect(Math.abs(total - reference.dot(x, p)) / (norm(x) * norm(p))).toBeLessThan(1e-6);
    });
  });
}

describe('Gramians', () => {
  test.each([
    { k: 3, nUsers: 1 },
    { k: 16, nUsers: 300 },
    { k: 40, nUsers: 129 },
  ])('of $nUsers rows of $k factors, and the all-pairs quartic of them', async ({ k, nUsers }) => {
    const shape = {
      name: '',
      userLengths: Array<number>(nUsers).fill(1),
      nItems: 5,
      nFactors: k,
      alpha0: 1,
      isWeighted: false,
    };
    const { stages, vector, run } = await open(problemOfShape(shape));
    const [x, p] = [randomVector(nUsers + 5, k, 3), randomVector(nUsers + 5, k, 4)];
    const [at, along] = [vector(x), vector(p)];
    const { users, items } = stages.gramians!;
    const tiles: Float32Array[] = [];
    for (const gramian of [users, items]) {
      for (const [left, right] of [
        [at, at],
        [at, along],
        [along, along],
      ] as const) {
        tiles.push(await run((pass) => gramian.encode(pass, left, right), gramian.result, stages.layout.gramianBytes));
      }
    }
    const [u, v] = [x.subarray(0, nUsers * k), x.subarray(nUsers * k)];
    const [pu, pv] = [p.subarray(0, nUsers * k), p.subarray(nUsers * k)];
    expect(error(untileGramian(tiles[1]!, stages.layout), reference.gramian(u, pu, k))).toBeLessThan(1e-5);
    expect(error(untileGramian(tiles[5]!, stages.layout), reference.gramian(pv, pv, k))).toBeLessThan(1e-5);
    const actual = allPairsQuartic(Float32Array.from(tiles.flatMap((tile) => [...tile])), stages.layout, 1);
    const expected = allPairsCoefficients(u, v, pu, pv, k);
    for (const c of ['c0', 'c1', 'c2', 'c3', 'c4'] as const) {
      expect(Math.abs(actual[c] - expected[c])).toBeLessThan(1e-5 * (expected.c0 + expected.c4));
    }
  });
});

interface OpenedStages {
  stages: Stages;
  vector(numbers: Float64Array): GPUBuffer;
  /** Runs commands, then reads the front of a buffer. */
  run(encode: (pass: GPUComputePassEncoder) => void, buffer: GPUBuffer, sizeBytes: number): Promise<Float32Array>;
}

async function open(problem: Problem): Promise<OpenedStages> {
  const queue = new CommandQueue(gpu);
  const stages = await queue.settled(openStages(gpu, queue, problem, {}));
  const { paddedFactors, nFactors } = stages.layout;
  return {
    stages,
    vector(numbers) {
      const padded = new Float32Array(stages.vectorBytes / 4);
      numbers.forEach((number, i) => {
        padded[Math.floor(i / nFactors) * paddedFactors + (i % nFactors)] = number;
      });
      return stages.memory.upload(padded, 'vector');
    },
    async run(encode, buffer, sizeBytes) {
      await queue.submitPass(encode);
      const readback = new Readback(gpu.device, sizeBytes);
      await queue.submit((encoder) => readback.copy(encoder, buffer, sizeBytes));
      return queue.settled(readback.numbers());
    },
  };
}

function problemOfShape({ userLengths, nItems, nFactors, alpha0, isWeighted }: Shape): Problem {
  const random = seededRandom(11);
  const entries = userLengths.flatMap((length, user) =>
    Array.from({ length }, () => ({
      user,
      item: Math.floor(nItems * random()),
      // Negative, zero and large values too.
      value: Math.round(8 * random() - 3),
      weight: isWeighted ? Math.floor(3 * random()) : 1,
    })),
  );
  const csr = (nRows: number, nCols: number, rowOf: (e: Entry) => number, colOf: (e: Entry) => number): Csr => {
    const sorted = entries.toSorted((a, b) => rowOf(a) - rowOf(b));
    const rowPtr = new Uint32Array(nRows + 1);
    for (const entry of sorted) rowPtr[rowOf(entry) + 1]!++;
    for (let r = 0; r < nRows; r++) rowPtr[r + 1]! += rowPtr[r]!;
    return {
      nRows,
      nCols,
      rowPtr,
      cols: Uint32Array.from(sorted, colOf),
      values: Float32Array.from(sorted, ({ value }) => value),
      weights: isWeighted ? Float32Array.from(sorted, ({ weight }) => weight) : null,
    };
  };
  const nUsers = userLengths.length;
  return {
    interactions: {
      byUser: csr(
        nUsers,
        nItems,
        ({ user }) => user,
        ({ item }) => item,
      ),
      byItem: csr(
        nItems,
        nUsers,
        ({ item }) => item,
        ({ user }) => user,
      ),
    },
    nFactors,
    objective:
      alpha0 > 0 || isWeighted
        ? { feedback: 'implicit', lambda: 0.1, alpha0, nu: 1 }
        : { feedback: 'explicit', lambda: 0.1 },
  };
}

interface Entry {
  user: number;
  item: number;
  value: number;
  weight: number;
}

/** Numbers that single precision holds exactly, so that only the kernels round. */
function randomVector(nRows: number, k: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: nRows * k }, () => Math.fround(2 * random() - 1));
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

function row(numbers: Float32Array, r: number, { nFactors, paddedFactors }: KernelLayout): Float64Array {
  return Float64Array.from(numbers.subarray(r * paddedFactors, r * paddedFactors + nFactors));
}

function unpadded(numbers: Float32Array, layout: KernelLayout): Float64Array {
  const rows = Array.from({ length: numbers.length / layout.paddedFactors }, (_, r) => [...row(numbers, r, layout)]);
  return Float64Array.from(rows.flat());
}

function norm(x: Float64Array): number {
  return Math.hypot(...x);
}

/** In the maximum norm, against the largest element. */
function error(actual: Float64Array, expected: Float64Array): number {
  const largest = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const worst = actual.reduce((max, value, i) => Math.max(max, Math.abs(value - expected[i]!)), 0);
  return worst === 0 ? 0 : worst / largest;
}
