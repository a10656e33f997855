import { type DeviceMemory, writeBuffer } from './device-memory.ts';
import type { DevicePiece } from './device-rows.ts';
import { GpuOutOfMemoryError, withErrorScopes } from './gpu-errors.ts';

/** Buffers for streamed pairs: one is filled while the kernels still read the other. */
const STREAM_BUFFERS = 2;

/** Where kernels find the observed pairs of a piece. */
export interface DeviceEntries {
  /** Whether they come from the host each time. */
  readonly isStreamed: boolean;
  /** The pairs of a piece, `entries` in shaders/segments.wgsl, for commands that are submitted before the next call. */
  of(piece: DevicePiece): GPUBuffer;
}

/** Bytes that the pairs of a piece take. */
function entriesBytes({ nEntries, weights }: Pick<DevicePiece, 'nEntries' | 'weights'>): number {
  return 4 * nEntries * (weights === null ? 2 : 3);
}

/**
 * All pairs to stay on the device if the bound allows it and the device has room for them and for vectors of training,
 * else streamed. WebGPU does not say how much memory there is: the room is allocated, and the room for the vectors given back.
 * @param reserve sizes of the vectors' buffers, bytes
 */
export async function deviceEntries(
  device: GPUDevice,
  memory: DeviceMemory,
  pieces: readonly DevicePiece[],
  reserve: readonly number[],
): Promise<DeviceEntries> {
  const sizes = [...pieces.map(entriesBytes), ...reserve];
  const wantedBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
  if (wantedBytes > memory.freeBytes) return streamedEntries(device, memory, pieces);
  const { result: taken, checked } = withErrorScopes(device, () => ({
    resident: uploadPieces(device, memory, pieces),
    reserved: reserve.map((bytes) => memory.storage(bytes, 'room for vectors')),
  }));
  try {
    await checked;
    for (const buffer of taken.reserved) memory.free(buffer);
    return entriesIn(taken.resident);
  } catch (error) {
    if (!(error instanceof GpuOutOfMemoryError)) throw error;
    for (const buffer of [...taken.resident.values(), ...taken.reserved]) memory.free(buffer);
    return streamedEntries(device, memory, pieces);
  }
}

/** All pairs, to stay on the device. */
export function residentEntries(
  device: GPUDevice,
  memory: DeviceMemory,
  pieces: readonly DevicePiece[],
): DeviceEntries {
  return entriesIn(uploadPieces(device, memory, pieces));
}

function uploadPieces(
  device: GPUDevice,
  memory: DeviceMemory,
  pieces: readonly DevicePiece[],
): Map<DevicePiece, GPUBuffer> {
  return new Map(
    pieces.map((piece) => {
      const buffer = memory.storage(entriesBytes(piece), 'observed pairs');
      writeEntries(device, buffer, piece);
      return [piece, buffer];
    }),
  );
}

function entriesIn(buffers: ReadonlyMap<DevicePiece, GPUBuffer>): DeviceEntries {
  return {
    isStreamed: false,
    of(piece) {
      const buffer = buffers.get(piece);
      if (buffer === undefined) throw new Error('these pairs are not among those on the device');
      return buffer;
    },
  };
}

/** The pairs of a piece are uploaded each time that they are wanted. */
function streamedEntries(device: GPUDevice, memory: DeviceMemory, pieces: readonly DevicePiece[]): DeviceEntries {
  const bytes = Math.max(0, ...pieces.map(entriesBytes));
  const buffers = Array.from({ length: STREAM_BUFFERS }, () => memory.storage(bytes, 'observed pairs of a piece'));
  let turn = 0;
  return {
    isStreamed: true,
    of(piece) {
      turn = (turn + 1) % STREAM_BUFFERS;
      const buffer = buffers[turn]!;
      writeEntries(device, buffer, piece);
      return buffer;
    },
  };
}

function writeEntries(device: GPUDevice, buffer: GPUBuffer, { nEntries, cols, values, weights }: DevicePiece): void {
  writeBuffer(device, buffer, cols);
  writeBuffer(device, buffer, values, 4 * nEntries);
  if (weights) writeBuffer(device, buffer, weights, 8 * nEntries);
}
