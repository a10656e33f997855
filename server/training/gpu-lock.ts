import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FileLock, tryLockFile } from '../file-lock.ts';

/** How soon a GPU that has become free is taken, ms. */
const POLL_MS = 500;

export interface GpuLockOptions {
  /** Called once when another process has the GPU. */
  onWait(): void;
  /** Called instead of waiting where locks cannot be had (a read-only folder for temporary files); the GPU is used all the same. */
  onUnlockable(error: Error): void;
  signal?: AbortSignal;
  folder?: string;
}

/**
 * Waits until this process is the only one on the machine that trains on a GPU. The lock is on a file among
 * the temporary ones, which servers with different data folders share.
 * @param adapterName the GPU, as its driver calls it
 * @returns what gives it back. @throws the signal's reason
 */
export async function lockGpu(
  adapterName: string,
  { onWait, onUnlockable, signal, folder = tmpdir() }: GpuLockOptions,
): Promise<() => void> {
  const path = join(folder, `magpie-gpu-${createHash('sha256').update(adapterName).digest('hex').slice(0, 16)}.lock`);
  for (let isFirst = true; ; isFirst = false) {
    signal?.throwIfAborted();
    let lock: FileLock | null;
    try {
      lock = tryLockFile(path);
    } catch (error) {
      onUnlockable(error instanceof Error ? error : new Error(String(error)));
      return () => {};
    }
    if (lock !== null) return lock.release;
    if (isFirst) onWait();
    await sleep(POLL_MS, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
}
