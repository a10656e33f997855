import type { GpuConnection } from './gpu-connection.ts';
import { GpuOutOfMemoryError } from './gpu-errors.ts';

/** Bindings are never empty: four numbers, the widest element of the kernels. */
const SMALLEST_BUFFER_BYTES = 16;

/** The buffers of one factor space or scorer: counted, bounded, and given back together. */
export class DeviceMemory {
  readonly #device: GPUDevice;
  readonly #bindingBytes: number;
  readonly #limitBytes: number;
  readonly #buffers = new Set<GPUBuffer>();
  #heldBytes = 0;

  constructor({ device, capabilities }: GpuConnection, limitBytes = Number.POSITIVE_INFINITY) {
    this.#device = device;
    this.#bindingBytes = capabilities.bindingBytes;
    this.#limitBytes = limitBytes;
  }

  /** What may still be allocated. */
  get freeBytes(): number {
    return this.#limitBytes - this.#heldBytes;
  }

  /**
   * Zeroed memory that kernels read and write.
   * @throws GpuOutOfMemoryError when it is more than may be held, or more than a kernel can be given.
   */
  storage(sizeBytes: number, label: string): GPUBuffer {
    if (sizeBytes > this.#bindingBytes) {
      throw new GpuOutOfMemoryError(
        `${label} would take ${sizeBytes} bytes, but this GPU gives a kernel at most ${this.#bindingBytes} at a time: fewer factors need less`,
      );
    }
    return this.#buffer(sizeBytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST, label);
  }

  /** Storage that holds a copy of `data`. */
  upload(data: Uint32Array | Float32Array, label: string): GPUBuffer {
    const buffer = this.storage(data.byteLength, label);
    writeBuffer(this.#device, buffer, data);
    return buffer;
  }

  /** A kernel's uniform, 4-byte numbers. */
  uniform(data: Uint32Array | Float32Array, label: string): GPUBuffer {
    const buffer = this.#buffer(data.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST, label);
    writeBuffer(this.#device, buffer, data);
    return buffer;
  }

  free(buffer: GPUBuffer): void {
    if (!this.#buffers.delete(buffer)) return;
    this.#heldBytes -= buffer.size;
    buffer.destroy();
  }

  close(): void {
    for (const buffer of this.#buffers) this.free(buffer);
  }

  #buffer(sizeBytes: number, usage: GPUBufferUsageFlags, label: string): GPUBuffer {
    const size = Math.max(SMALLEST_BUFFER_BYTES, Math.ceil(sizeBytes / 4) * 4);
    if (size > this.freeBytes) {
      throw new GpuOutOfMemoryError(
        `training would hold ${this.#heldBytes + size} bytes, more than the ${this.#limitBytes} it may: fewer factors need less`,
      );
    }
    const buffer = this.#device.createBuffer({ size, usage, label });
    this.#heldBytes += size;
    this.#buffers.add(buffer);
    return buffer;
  }
}

/** Copies numbers into a buffer, in order with what is submitted before and after. */
export function writeBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  data: Uint32Array | Float32Array,
  offsetBytes = 0,
): void {
  if (data.length === 0) return;
  // Dawn in Node takes no memory that threads share.
  const { buffer: source, byteOffset } = data.buffer instanceof ArrayBuffer ? data : data.slice();
  device.queue.writeBuffer(buffer, offsetBytes, source, byteOffset, data.byteLength);
}
