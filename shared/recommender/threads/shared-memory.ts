/** Whether threads can share memory here. A web page needs cross-origin isolation (COOP and COEP) for it. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined';
}

/** Zeroed bytes that worker threads see without a copy where that is possible. */
export function shareableBytes(sizeBytes: number): ArrayBufferLike {
  return canShareMemory() ? new SharedArrayBuffer(sizeBytes) : new ArrayBuffer(sizeBytes);
}

/** The same numbers in memory that all threads see; not copied where they are there already. */
export function inSharedMemory<T extends Uint32Array | Float32Array | Float64Array>(
  array: T,
  ArrayType: new (memory: ArrayBufferLike) => T,
): T {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const copy = new ArrayType(shareableBytes(array.byteLength));
  copy.set(array);
  return copy;
}
