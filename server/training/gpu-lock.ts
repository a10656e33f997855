import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const SQLITE_BUSY = 5;
/** How soon a GPU that has become free is taken, ms. */
const POLL_MS = 500;

/** An unreferenced lock would be closed, and so released, by the garbage collector. */
const held = new Set<DatabaseSync>();

export interface GpuLockOptions {
  /** Called once when another process has the GPU. */
  onWait(): void;
  /** Called instead of waiting where locks cannot be had (a read-only folder for temporary files); the GPU is used all the same. */
  onUnlockable(error: Error): void;
  signal?: AbortSignal;
  folder?: string;
}

/**
 * Waits until this process is the only one on the machine that trains on a GPU. The lock is SQLite's own on a file
 * among the temporary ones, which servers with different data folders share; the kernel frees it when a process ends,
 * however it ends.
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
    const attempt = tryLock(path);
    if (attempt instanceof DatabaseSync) {
      return () => {
        held.delete(attempt);
        attempt.close();
      };
    }
    if (attempt instanceof Error) {
      onUnlockable(attempt);
      return () => {};
    }
    if (isFirst) onWait();
    await sleep(POLL_MS, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** The lock, or null where another process has it, or why there can be none. */
function tryLock(path: string): DatabaseSync | null | Error {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path, { timeout: 0 });
    lock.exec('begin exclusive');
    held.add(lock);
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return null;
    return error instanceof Error ? error : new Error(String(error));
  }
}
