import { Gauge, type Registry } from 'prom-client';
import type { JobQueue } from '../jobs/job-queue.ts';

/**
 * The queue as all processes see it. While it does not answer, its gauges are absent.
 * @returns reads them anew.
 */
export function queueMetrics(registry: Registry, queue: JobQueue): () => Promise<void> {
  const registers = [registry];
  const labelNames = ['name'] as const;
  const waiting = new Gauge({
    name: 'magpie_jobs_waiting',
    help: 'Jobs that may run and wait for a worker',
    labelNames,
    registers,
  });
  const active = new Gauge({
    name: 'magpie_jobs_active',
    help: 'Jobs that run, in all processes',
    labelNames,
    registers,
  });
  const oldest = new Gauge({
    name: 'magpie_job_oldest_waiting_seconds',
    help: 'How long the oldest waiting job has waited; 0 where none waits',
    labelNames,
    registers,
  });
  const workerSeen = new Gauge({
    name: 'magpie_worker_last_seen_seconds',
    help: 'How long ago the latest of all workers was seen; absent where none was lately',
    registers,
  });
  return async () => {
    const [counts, workers] = await Promise.all([queue.counts().catch(() => []), queue.workers().catch(() => [])]);
    for (const gauge of [waiting, active, oldest]) gauge.reset();
    for (const { name, waiting: nWaiting, active: nActive, oldestWaitingSince } of counts) {
      waiting.set({ name }, nWaiting);
      active.set({ name }, nActive);
      oldest.set({ name }, oldestWaitingSince === null ? 0 : secondsSince(oldestWaitingSince));
    }
    if (workers.length === 0) workerSeen.remove();
    else workerSeen.set(Math.min(...workers.map(({ seenAt }) => secondsSince(seenAt))));
  };
}

function secondsSince(instant: Date): number {
  return Math.max(0, Date.now() - instant.getTime()) / 1_000;
}
