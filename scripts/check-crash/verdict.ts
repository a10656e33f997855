import { WORKER_DIED } from '../../server/jobs/limits.ts';
import { openJobQueue } from '../../server/jobs/open-job-queue.ts';
import { openCommandLog } from '../../server/logging/log.ts';
import { openStore } from '../../server/store/open-store.ts';
import { TRAIN_JOB } from '../../server/training/job.ts';
import type { Workload } from './workload.ts';

const MAX_JOBS = 10_000;
const JOBS_END_WITHIN_MS = 180_000;

export interface Verdict {
  summary: string;
  faults: string[];
}

interface Services {
  dataDir: string;
  databaseUrl: string | null;
  redisUrl: string | null;
}

/** Trainings that were completed, those whose acceptance never reached the client included. */
async function countTrained(services: Services): Promise<number> {
  const queue = await openJobQueue({ ...services, log: openCommandLog({ level: 'error', format: 'text' }) });
  const trained = await queue.list({ name: TRAIN_JOB, state: 'completed', limit: MAX_JOBS });
  await queue.close();
  return trained.length;
}

/**
 * Whether everything that clients were promised is there, once: asked of the API for jobs and models while all servers are
 * up, and of the database itself for events after `stopServers`.
 */
export async function verdict(
  workload: Workload,
  services: Services,
  stopServers: () => Promise<void>,
): Promise<Verdict> {
  const outcomes = await workload.outcomes(JOBS_END_WITHIN_MS);
  const ended = Map.groupBy(workload.jobs, ([id, kind]) => `${kind} ${outcomes.get(id)?.state}`);
  // A job whose worker was killed in each of its attempts has an end too, and says so.
  const unfinished = [...outcomes].filter(
    ([, { state, error }]) => state !== 'completed' && !(state === 'failed' && error === WORKER_DIED),
  );
  const models = await workload.ask('GET /models', '/models');
  const nModels =
    models?.status === 200 ? (JSON.parse(models.body) as { models: unknown[] }).models.length : Number.NaN;
  const nTrained = await countTrained(services);
  await stopServers();

  const store = await openStore(services);
  const times = new Map<string, number>();
  for await (const batch of store.events.scan()) {
    for (const { id } of batch) times.set(id, (times.get(id) ?? 0) + 1);
  }
  await store.close();
  const lost = [...workload.acknowledged].filter((id) => !times.has(id));
  const doubled = [...times].filter(([, nTimes]) => nTimes > 1);
  return {
    summary: [
      `${workload.acknowledged.size} events acknowledged: ${lost.length} lost, ${doubled.length} doubled`,
      `jobs: ${[...ended].map(([how, jobs]) => `${jobs.length} × ${how}`).join(', ')}; ${nModels} models`,
      `answers: ${[...workload.statuses].map(([answer, nTimes]) => `${nTimes} × ${answer}`).join(', ')}`,
    ].join('\n  '),
    faults: [
      ...workload.faults,
      ...lost.map((id) => `the acknowledged event ${id} is lost`),
      ...doubled.map(([id, nTimes]) => `the event ${id} is there ${nTimes} times`),
      ...unfinished.map(([id, { state, error }]) => `the accepted job ${id} is ${state}: ${error}`),
      ...(nModels === nTrained ? [] : [`${nTrained} trainings were completed, and there are ${nModels} models`]),
    ],
  };
}
