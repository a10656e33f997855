import { afterEach, expect, test } from 'vitest';
import type { Csr } from '../../interactions/interactions.ts';
import { randomFactors, randomProblem } from '../../testing/test-problems.ts';
import type { FactorSpace, Factors } from '../../training/compute-backend.ts';
import { referenceBackend } from '../reference/reference-backend.ts';
import type { GpuCapabilities } from './gpu-capabilities.ts';
import { DeviceLostError } from './gpu-errors.ts';
import { LARGE_SHAPE, problemOfShape } from './testing/awkward-shapes.ts';
import { openWebGpu, type WebGpu } from './webgpu-backend.ts';

const opened: WebGpu[] = [];
async function open(restrictTo: Partial<GpuCapabilities> = {}): Promise<WebGpu> {
  const gpu = await openWebGpu(restrictTo);
  expect(gpu.adapterName).toMatch(/SwiftShader/);
  opened.push(gpu);
  return gpu;
}
afterEach(() => {
  for (const gpu of opened.splice(0)) gpu.close();
});

const problem = randomProblem(
  { nUsers: 60, nItems: 40, nFactors: 6, objective: { feedback: 'explicit', lambda: 0.1 }, density: 0.5 },
  5,
);
const x0 = randomFactors(problem, 6);

async function sweepOnce(space: FactorSpace): Promise<Factors> {
  const [x, px] = [space.vector(), space.vector()];
  space.write(x, x0);
  space.sweep(x, px);
  const swept = await space.read(px);
  space.close();
  return swept;
}

test('with little memory the ratings are streamed in blocks of rows, and the result is the same', async () => {
  const { backend } = await open();
  const blocks: number[] = [];
  const whole = await sweepOnce(await backend.open(problem));
  const memoryBytes = 40_000;
  const streamed = await sweepOnce(await backend.open(problem, { memoryBytes, onBlock: (done) => blocks.push(done) }));
  expect(streamed).toEqual(whole);
  expect(blocks.length).toBeGreaterThan(2);
  expect(blocks).toEqual(blocks.toSorted((a, b) => a - b));
  expect(blocks.at(-1)).toBe(1);
});

test('a side that outgrows a buffer and a row that outgrows a submission give the figures of the reference, resident and streamed', async () => {
  const large = problemOfShape(LARGE_SHAPE);
  const [at, along] = [randomFactors(large, 1), randomFactors(large, 2)];
  const figures = async (space: FactorSpace) => {
    const [x, p, px, g, alone] = [space.vector(), space.vector(), space.vector(), space.vector(), space.vector()];
    space.write(x, at);
    space.write(p, along);
    space.sweepAndGradient(x, px, g);
    space.gradient(x, alone);
    const quartic = await space.lineSearch(x, p);
    const dots = await space.dots([
      [x, p],
      [px, px],
    ]);
    const vectors = [await space.read(x), await space.read(px), await space.read(g), await space.read(alone)];
    space.close();
    return { vectors, scalars: [...Object.values(quartic), ...dots] as number[] };
  };
  const expected = await figures(await referenceBackend.open(large));
  const { backend } = await open({ bindingBytes: 65_536 });
  const resident = await figures(await backend.open(large));
  const streamed = await figures(await backend.open(large, { memoryBytes: 1_100_000 }));
  expect(resident.vectors[0]).toEqual(at);
  for (const actual of [resident, streamed]) {
    actual.vectors.forEach((vector, i) => {
      expect(difference(vector, expected.vectors[i]!)).toBeLessThan(1e-5);
    });
    const size = Math.max(...expected.scalars.map(Math.abs));
    actual.scalars.forEach((scalar, i) => {
      expect(Math.abs(scalar - expected.scalars[i]!) / size).toBeLessThan(1e-6);
    });
  }
});

test('a row whose items are nearly alike is solved, not smoothed as if it were singular', async () => {
  const [first, second] = [
    [1, 0],
    [1, 0.02],
  ];
  const csr = (nRows: number, rowPtr: number[], cols: number[]): Csr => {
    const [values, nCols] = [Float32Array.of(3, 4), 3 - nRows];
    return { nRows, nCols, rowPtr: Uint32Array.from(rowPtr), cols: Uint32Array.from(cols), values, weights: null };
  };
  const space = await (await open()).backend.open({
    interactions: { byUser: csr(1, [0, 2], [0, 1]), byItem: csr(2, [0, 1, 2], [0, 0]) },
    nFactors: 2,
    objective: { feedback: 'explicit', lambda: 0 },
  });
  const [x, px] = [space.vector(), space.vector()];
  space.write(x, { users: new Float32Array(2), items: Float32Array.from([...first, ...second]) });
  space.sweep(x, px);
  // u·(1, 0) = 3 and u·(1, 0.02) = 4; A has a condition number of 2e4.
  const [u0, u1] = (await space.read(px)).users;
  expect(u0).toBeCloseTo(3, 2);
  expect(u1! / 50).toBeCloseTo(1, 2);
  space.close();
});

test('more memory than allowed is refused with the figures', async () => {
  const { backend } = await open();
  await expect(backend.open(problem, { memoryBytes: 4000 })).rejects.toThrow(/training would hold \d+ bytes.* 4000/);
});

test('a lost device surfaces at the next await, and at every later one', async () => {
  const gpu = await open();
  const space = await gpu.backend.open(problem);
  const [x, px] = [space.vector(), space.vector()];
  space.write(x, x0);
  await space.dots([[x, x]]);
  space.sweep(x, px);
  gpu.close();
  await expect(space.dots([[x, x]])).rejects.toThrow(DeviceLostError);
  await expect(space.read(px)).rejects.toThrow(DeviceLostError);
  space.close();
  await expect(gpu.backend.open(problem)).rejects.toThrow(DeviceLostError);
});

test('more factors than the kernels hold are refused', async () => {
  const { backend } = await open();
  await expect(backend.open({ ...problem, nFactors: 129 })).rejects.toThrow(RangeError);
});

/** Relative, in the 2-norm over users and items. */
function difference(actual: Factors, expected: Factors): number {
  const numbers = ({ users, items }: Factors): number[] => [...users, ...items];
  const right = numbers(expected);
  return Math.hypot(...numbers(actual).map((value, i) => value - right[i]!)) / Math.hypot(...right);
}
