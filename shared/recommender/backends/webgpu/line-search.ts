import type { QuarticCoefficients } from '../../quartic.ts';
import { combineGramians, type SixGramians } from '../reference/line-search.ts';
import type { DeviceMemory } from './device-memory.ts';
import type { DeviceBlock, DeviceEntries, DeviceProblem } from './device-rows.ts';
import { type KernelLayout, untileGramian } from './kernel-layout.ts';
import type { Kernel, Kernels } from './kernels.ts';

/** Segments that a workgroup of line-search.wgsl takes, and numbers that it leaves. */
const SEGMENTS_PER_GROUP = 8;
const GROUP_NUMBERS = 8;
/** Workgroups of ridge-sums.wgsl, at most, which leave four numbers each; and bytes of a vector that one takes at a time. */
const MAX_RIDGE_GROUPS = 256;
const RIDGE_BYTES = MAX_RIDGE_GROUPS * 16;
const RIDGE_GROUP_BYTES = 256 * 16;
/** Where a storage binding may begin. */
const OFFSET_ALIGNMENT = 256;

/** The sums of a line search over observed pairs and over rows; their parts are added up here in double precision. */
export class LineSearch {
  readonly #kernels: { observed: Kernel; ridge: Kernel };
  readonly #offsets: ReadonlyMap<DeviceBlock, number>;
  readonly #rowTable: GPUBuffer;
  /** Ridge sums first, then those of each block of users. */
  readonly parts: { buffer: GPUBuffer; sizeBytes: number };

  private constructor(kernels: { observed: Kernel; ridge: Kernel }, memory: DeviceMemory, problem: DeviceProblem) {
    const offsets = new Map<DeviceBlock, number>();
    let end = RIDGE_BYTES;
    for (const block of problem.users.blocks) {
      offsets.set(block, end);
      const sizeBytes = nGroups(block) * GROUP_NUMBERS * 4;
      end += Math.ceil(sizeBytes / OFFSET_ALIGNMENT) * OFFSET_ALIGNMENT;
    }
    this.#kernels = kernels;
    this.#offsets = offsets;
    this.#rowTable = problem.rowTable;
    this.parts = { buffer: memory.storage(end, 'sums of a line search'), sizeBytes: end };
  }

  static async create(
    kernels: Kernels,
    memory: DeviceMemory,
    { nTileRows }: KernelLayout,
    problem: DeviceProblem,
    isWeighted: boolean,
  ): Promise<LineSearch> {
    const [observed, ridge] = await Promise.all([
      kernels.get('line-search', { constants: { N_TILE_ROWS: nTileRows, IS_WEIGHTED: Number(isWeighted) } }),
      kernels.get('ridge-sums', { constants: { N_TILE_ROWS: nTileRows } }),
    ]);
    return new LineSearch({ observed, ridge }, memory, problem);
  }

  /** The sums over the observed pairs of one block of users. */
  encodeBlock(
    pass: GPUComputePassEncoder,
    block: DeviceBlock,
    { cols, values, weights }: DeviceEntries,
    x: GPUBuffer,
    p: GPUBuffer,
  ): void {
    if (block.nSegments === 0) return;
    const parts = {
      buffer: this.parts.buffer,
      offset: this.#offsets.get(block)!,
      size: nGroups(block) * GROUP_NUMBERS * 4,
    };
    this.#kernels.observed.encode(
      pass,
      [block.segmentsUniform, block.segmentsBuffer, cols, values, weights, x, p, parts],
      nGroups(block),
    );
  }

  /** The sums over rows. */
  encodeRidges(pass: GPUComputePassEncoder, x: GPUBuffer, p: GPUBuffer): void {
    const parts = { buffer: this.parts.buffer, offset: 0, size: RIDGE_BYTES };
    const nGroups = Math.min(MAX_RIDGE_GROUPS, Math.ceil(x.size / RIDGE_GROUP_BYTES));
    this.#kernels.ridge.encode(pass, [this.#rowTable, x, p, parts], nGroups);
  }
}

function nGroups({ nSegments }: DeviceBlock): number {
  return Math.ceil(nSegments / SEGMENTS_PER_GROUP);
}

/** The quartic without its all-pairs term, out of the parts that were read back. */
export function observedQuartic(parts: Float32Array): QuarticCoefficients {
  const nRidge = RIDGE_BYTES / 4;
  const [xx = 0, xp = 0, pp = 0] = columnSums(parts.subarray(0, nRidge), 4);
  const [ee = 0, es = 0, sset = 0, st = 0, tt = 0] = columnSums(parts.subarray(nRidge), GROUP_NUMBERS);
  return { c0: ee + xx, c1: 2 * (es + xp), c2: sset + pp, c3: 2 * st, c4: tt };
}

/** α₀ times the all-pairs part, out of the six Gramians uu, up, pp, vv, vq, qq in tiles, one after the other. */
export function allPairsQuartic(tiles: Float32Array, layout: KernelLayout, alpha0: number): QuarticCoefficients {
  const size = layout.gramianBytes / 4;
  const gramian = (i: number): Float64Array => untileGramian(tiles.subarray(i * size, (i + 1) * size), layout);
  const six: SixGramians = {
    uu: gramian(0),
    up: gramian(1),
    pp: gramian(2),
    vv: gramian(3),
    vq: gramian(4),
    qq: gramian(5),
  };
  const { c0, c1, c2, c3, c4 } = combineGramians(six, layout.nFactors);
  return { c0: alpha0 * c0, c1: alpha0 * c1, c2: alpha0 * c2, c3: alpha0 * c3, c4: alpha0 * c4 };
}

/** Sums of the columns of [n × width] numbers, in double precision. */
function columnSums(numbers: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let i = 0; i < numbers.length; i++) sums[i % width]! += numbers[i]!;
  return sums;
}
