import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FileLock, tryLockFile } from '../file-lock.ts';
import { OperatorError } from '../operator-error.ts';

const POLL_MS = 500;

/** A UUIDv7, whose first 48 bits are the milliseconds since 1970 (RFC 9562, 5.7). */
const UUID_V7 = /([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The version of the model that a run makes: the same in each attempt, so that the registry takes it once.
 * @param runId a UUIDv7 at its end, as jobs have. @throws OperatorError
 */
export function versionOfRun(runId: string): string {
  const uuid = UUID_V7.exec(runId);
  if (uuid === null) throw new OperatorError(`"${runId}" is no id of a run: it has to end in a UUIDv7`);
  const begunAt = new Date(Number.parseInt(`${uuid[1]}${uuid[2]}`, 16));
  return modelVersion(begunAt, createHash('sha256').update(runId).digest('hex').slice(0, 4));
}

/** @param suffix tells models of one second apart. */
export function modelVersion(date: Date, suffix: string): string {
  return `${date.toISOString().replace(/[-:]|\.\d+Z/g, '')}-${suffix}`;
}

/**
 * Waits until no other process trains for the run: one goes on for a while when the server that started it has died.
 * @param path made, and removed again. @returns what gives it back. @throws the signal's reason
 */
export async function lockRun(path: string, signal: AbortSignal): Promise<() => Promise<void>> {
  for (;;) {
    signal.throwIfAborted();
    const lock: FileLock | null = tryLockFile(path);
    if (lock !== null) {
      return async () => {
        await rm(path, { force: true });
        lock.release();
      };
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
