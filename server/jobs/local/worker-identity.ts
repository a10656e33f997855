import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Tells this process from an earlier one with the same id, as a restarted container's has. */
const PROCESS_TOKEN = randomUUID();

/** Host, process and instance that a claimed job's row names. */
export function newWorkerId(): string {
  return [hostname(), process.pid, PROCESS_TOKEN, randomUUID()].join('/');
}

/**
 * Whether that worker has certainly ended, so that its jobs need not wait for the lease to run out: its process was on
 * this host and is gone. False where that is not known.
 */
export function isCertainlyGone(workerId: string): boolean {
  const [host, pidText, token] = workerId.split('/');
  const pid = Number(pidText);
  if (host !== hostname() || !Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return token !== PROCESS_TOKEN;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
