/** The stages of a problem, opened so that a test runs one of them alone. */
import type { Problem } from '../../../training/compute-backend.ts';
import { CommandQueue } from '../command-queue.ts';
import type { DeviceBlock, DevicePiece } from '../device-rows.ts';
import type { GpuConnection } from '../gpu-connection.ts';
import { type KernelLayout, paddedRows } from '../kernel-layout.ts';
import { Readback } from '../readback.ts';
import { openStages, type Stages } from '../stages.ts';
import type { DeviceVector, Side } from '../vector-shards.ts';

/** Users' factors, then items', [n × k] row-major. */
export type Point = Float64Array;

export interface OpenedStages {
  stages: Stages;
  upload(point: Point): DeviceVector;
  /** Runs commands in one pass. */
  run(encode: (pass: GPUComputePassEncoder) => void): Promise<void>;
  /** Runs what a block's pieces need, a submission each. */
  runPieces(
    block: DeviceBlock,
    encode: (pass: GPUComputePassEncoder, piece: DevicePiece, entries: GPUBuffer) => void,
  ): Promise<void>;
  read(buffer: GPUBuffer, sizeBytes?: number): Promise<Float32Array>;
  /** Rows of one side, without padding. */
  readSide(vector: DeviceVector, side: Side): Promise<Float64Array>;
  close(): void;
}

export async function openedStages(gpu: GpuConnection, problem: Problem): Promise<OpenedStages> {
  const queue = new CommandQueue(gpu);
  const stages = await queue.settled(openStages(gpu, queue, problem, {}));
  const { layout, shards, memory } = stages;
  const { nFactors } = layout;
  const nUsers = problem.interactions.byUser.nRows;
  const read = async (buffer: GPUBuffer, sizeBytes = buffer.size): Promise<Float32Array> => {
    const readback = new Readback(gpu.device, sizeBytes);
    await queue.submit((encoder) => readback.copy(encoder, buffer, sizeBytes));
    return queue.settled(readback.numbers());
  };
  return {
    stages,
    upload: (point) =>
      (['users', 'items'] as const).flatMap((side) =>
        shards[side].map(({ firstRow, nRows }) => {
          const first = (side === 'users' ? 0 : nUsers) + firstRow;
          const rows = point.subarray(first * nFactors, (first + nRows) * nFactors);
          return memory.upload(paddedRows(rows, layout), 'vector');
        }),
      ),
    run: (encode) => queue.submitPass(encode),
    async runPieces({ pieces }, encode) {
      for (const piece of pieces) {
        await queue.submitPass((pass) => encode(pass, piece, stages.problem.entries.of(piece)));
      }
    },
    read,
    async readSide(vector, side) {
      const rows: number[] = [];
      for (const { index } of shards[side]) rows.push(...withoutPadding(await read(vector[index]!), layout));
      return Float64Array.from(rows);
    },
    close: () => memory.close(),
  };
}

export function withoutPadding(numbers: Float32Array, { nFactors, paddedFactors }: KernelLayout): Float64Array {
  const nRows = numbers.length / paddedFactors;
  const out = new Float64Array(nRows * nFactors);
  for (let r = 0; r < nRows; r++) {
    out.set(numbers.subarray(r * paddedFactors, r * paddedFactors + nFactors), r * nFactors);
  }
  return out;
}
