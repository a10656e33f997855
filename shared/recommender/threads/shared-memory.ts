/** Whether threads can share memory here. A web page needs cross-origin isolation (COOP and COEP) for it. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined';
}

/** Zeroed bytes that worker threads see without a copy where that is possible. */
export function shareableBytes(sizeBytes: number): ArrayBufferLike {
  return canShareMemory() ? new SharedArrayBuffer(sizeBytes) : new ArrayBuffer(sizeBytes);
}
