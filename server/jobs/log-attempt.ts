import type { Log } from '../logging/log.ts';
import type { EndedAttempt } from './job-listener.ts';

/** One line per attempt at a job: `warn` where it failed. A payload is never written: it may name a shopper. */
export function logAttempt(log: Log, { id, name, attempt, outcome, elapsedMs, error }: EndedAttempt): void {
  const fields = { job_id: id, job: name, attempt, outcome, ms: Math.round(elapsedMs) };
  if (outcome === 'failed') log.warn({ ...fields, err: error }, 'job failed');
  else log.info(fields, 'job ended');
}
