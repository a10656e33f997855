/** Copies of buffers, taken in order with what is submitted, to be read by the host. */
export class Readback {
  readonly #staging: GPUBuffer;
  #end = 0;

  constructor(device: GPUDevice, sizeBytes: number) {
    this.#staging = device.createBuffer({
      size: sizeBytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      label: 'readback',
    });
  }

  /** Enqueues a copy of the front of a buffer, to stand behind the copies so far. */
  copy(encoder: GPUCommandEncoder, buffer: GPUBuffer, sizeBytes: number): void {
    encoder.copyBufferToBuffer(buffer, 0, this.#staging, this.#end, sizeBytes);
    this.#end += sizeBytes;
  }

  /** All copies, one after the other, once the GPU has made them. Called once, after the last copy was submitted. */
  async numbers(): Promise<Float32Array<ArrayBuffer>> {
    try {
      await this.#staging.mapAsync(GPUMapMode.READ);
      return new Float32Array(this.#staging.getMappedRange().slice(0));
    } finally {
      this.#staging.destroy();
    }
  }
}
