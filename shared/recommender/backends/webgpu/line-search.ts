import { combineGramians, type SixGramians } from '../../training/all-pairs-quartic.ts';
import type { QuarticCoefficients } from '../../training/quartic.ts';
import type { DeviceMemory } from './device-memory.ts';
import type { DeviceProblem } from './device-problem.ts';
import type { DeviceBatch, DeviceBlock, DevicePiece } from './device-rows.ts';
import { type KernelLayout, untileGramian } from './kernel-layout.ts';
import type { Kernel, Kernels } from './kernels.ts';
import type { DeviceVector, VectorShards } from './vector-shards.ts';

/** Segments that a workgroup of line-search.wgsl takes, and numbers that it leaves. */
const SEGMENTS_PER_GROUP = 8;
const GROUP_NUMBERS = 8;
/** Workgroups of ridge-sums.wgsl per buffer, at most, which leave four numbers each; and bytes of a vector that one takes at a time. */
const MAX_RIDGE_GROUPS = 256;
const RIDGE_BYTES = MAX_RIDGE_GROUPS * 16;
const RIDGE_GROUP_BYTES = 256 * 16;
/** Offsets of storage bindings are multiples of this, bytes. */
const OFFSET_ALIGNMENT = 256;

/** The sums of a line search over observed pairs and over rows; their parts are added up here in double precision. */
export class LineSearch {
  readonly #kernels: { observed: Kernel; ridge: Kernel };
  readonly #offsets: ReadonlyMap<DeviceBatch, number>;
  readonly #rowTables: readonly GPUBuffer[];
  /** Ridge sums of each buffer of a vector first, then the sums of each batch of the users. */
  readonly parts: { buffer: GPUBuffer; sizeBytes: number; ridgeBytes: number };

  private constructor(
    kernels: { observed: Kernel; ridge: Kernel },
    memory: DeviceMemory,
    problem: DeviceProblem,
    shards: VectorShards,
  ) {
    const offsets = new Map<DeviceBatch, number>();
    const ridgeBytes = shards.all.length * RIDGE_BYTES;
    let end = ridgeBytes;
    for (const batch of problem.users.flatMap(({ pieces }) => pieces.flatMap(({ batches }) => batches))) {
      offsets.set(batch, end);
      end += Math.ceil(partsBytes(batch) / OFFSET_ALIGNMENT) * OFFSET_ALIGNMENT;
    }
    this.#kernels = kernels;
    this.#offsets = offsets;
    this.#rowTables = problem.rowTables;
    this.parts = { buffer: memory.storage(end, 'sums of a line search'), sizeBytes: end, ridgeBytes };
  }

  static async create(
    kernels: Kernels,
    memory: DeviceMemory,
    { nTileRows }: KernelLayout,
    problem: DeviceProblem,
    shards: VectorShards,
    isWeighted: boolean,
  ): Promise<LineSearch> {
    const [observed, ridge] = await Promise.all([
      kernels.get('line-search', { constants: { N_TILE_ROWS: nTileRows, IS_WEIGHTED: Number(isWeighted) } }),
      kernels.get('ridge-sums', { constants: { N_TILE_ROWS: nTileRows } }),
    ]);
    return new LineSearch({ observed, ridge }, memory, problem, shards);
  }

  /** The sums over the observed pairs of one piece of a block of users. */
  encodePiece(
    pass: GPUComputePassEncoder,
    { own }: DeviceBlock,
    piece: DevicePiece,
    entries: GPUBuffer,
    x: DeviceVector,
    p: DeviceVector,
  ): void {
    for (const batch of piece.batches) {
      const { other, uniform, segments } = batch;
      const parts = { buffer: this.parts.buffer, offset: this.#offsets.get(batch)!, size: partsBytes(batch) };
      this.#kernels.observed.encode(
        pass,
        [uniform, segments, entries, x[own.index], p[own.index], x[other.index], p[other.index], parts],
        nGroups(batch),
      );
    }
  }

  /** The sums over rows. */
  encodeRidges(pass: GPUComputePassEncoder, x: DeviceVector, p: DeviceVector): void {
    this.#rowTables.forEach((rowTable, i) => {
      const parts = { buffer: this.parts.buffer, offset: i * RIDGE_BYTES, size: RIDGE_BYTES };
      const nGroups = Math.min(MAX_RIDGE_GROUPS, Math.ceil(x[i]!.size / RIDGE_GROUP_BYTES));
      this.#kernels.ridge.encodeStriding(pass, [rowTable, x[i], p[i], parts], nGroups);
    });
  }

  /** The quartic without its all-pairs term, out of the parts that were read back. */
  quarticOf(parts: Float32Array): QuarticCoefficients {
    const nRidge = this.parts.ridgeBytes / 4;
    const [xx = 0, xp = 0, pp = 0] = columnSums(parts.subarray(0, nRidge), 4);
    const [ee = 0, es = 0, sset = 0, st = 0, tt = 0] = columnSums(parts.subarray(nRidge), GROUP_NUMBERS);
    return { c0: ee + xx, c1: 2 * (es + xp), c2: sset + pp, c3: 2 * st, c4: tt };
  }
}

function nGroups({ nSegments }: DeviceBatch): number {
  return Math.ceil(nSegments / SEGMENTS_PER_GROUP);
}

function partsBytes(batch: DeviceBatch): number {
  return nGroups(batch) * GROUP_NUMBERS * 4;
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
