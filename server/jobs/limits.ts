/** Finished jobs are kept so long, and so many of each name: clients read results and events afterwards. */
export const HISTORY = { maxAgeMs: 24 * 60 * 60 * 1_000, maxJobs: 1_000 };

/** A worker that has not renewed its claim for so long is taken for dead. It renews three times as often. */
export const LEASE_MS = 30_000;

/** How often a worker renews its claims, and shows that it lives. */
export const RENEWAL_MS = LEASE_MS / 3;

/** A worker that was killed is listed for so long, with its last sign. */
export const WORKER_FORGOTTEN_MS = 10 * 60 * 1_000;

export const LIST_LIMIT = 100;

/**
 * How often work is tried that may be done again without harm (comparisons, looks at watches, trainings): its worker may
 * be killed, or a service may be away for longer than it is waited for.
 */
export const ATTEMPTS = 3;

const FIRST_RETRY_DELAY_MS = 1_000;
const MAX_RETRY_DELAY_MS = 60_000;

/**
 * Exponential back-off with equal jitter, so that jobs which failed together do not come back together.
 * @param failures how often the job has failed by now, from 1.
 */
export function retryDelayMs(failures: number): number {
  const full = Math.min(FIRST_RETRY_DELAY_MS * 2 ** (failures - 1), MAX_RETRY_DELAY_MS);
  return Math.round(full / 2 + (Math.random() * full) / 2);
}

/** What a job's record says when its worker was killed or lost its machine in the last attempt that it had. */
export const WORKER_DIED =
  'the worker that ran the job stopped before it was finished (killed, out of memory, or cut off)';
