import type { JobHandler, JobQueue } from './job-queue.ts';

/** One attempt at a job that ended in this process. */
export interface EndedAttempt {
  id: string;
  name: string;
  /** From 1. */
  attempt: number;
  /** `stopped`: it was cancelled, given back, or taken over by another worker. */
  outcome: 'completed' | 'failed' | 'stopped';
  elapsedMs: number;
  /** Why it did not complete; null where it did. */
  error: unknown;
}

export type JobListener = (ended: EndedAttempt) => void;

/** The queue, with each attempt at a job that runs in this process reported to the listener. */
export function withJobListener(queue: JobQueue, listener: JobListener): JobQueue {
  return {
    ...queue,
    work: (name, handler, options) => queue.work(name, observed(name, handler, listener), options),
  };
}

function observed(name: string, handler: JobHandler<never>, listener: JobListener): JobHandler<never> {
  return async (job) => {
    const startedAt = performance.now();
    const report = (outcome: EndedAttempt['outcome'], error: unknown) =>
      listener({
        ...{ id: job.id, name, attempt: job.attempt, outcome, error },
        elapsedMs: performance.now() - startedAt,
      });
    try {
      const result = await handler(job);
      if (job.signal.aborted) report('stopped', job.signal.reason);
      else report('completed', null);
      return result;
    } catch (error) {
      report(job.signal.aborted ? 'stopped' : 'failed', error);
      throw error;
    }
  };
}
