import { QueueFullError, type Turn } from './job-queue.ts';

/** A background job is placed as one of a client that has so many waiting already. */
const BACKGROUND_HANDICAP = 10;

/**
 * The place of a new job: lower ones run first, equal ones in order of adding.
 * @param nWaiting jobs of the name that wait: of all, and of the turn's client.
 * @throws QueueFullError
 */
export function placeOf(
  { background = false, maxWaiting }: Turn,
  nWaiting: { overall: number; ofClient: number },
): number {
  if (nWaiting.ofClient >= maxWaiting.perClient) throw new QueueFullError(maxWaiting.perClient, true);
  if (nWaiting.overall >= maxWaiting.overall) throw new QueueFullError(maxWaiting.overall, false);
  return nWaiting.ofClient + (background ? BACKGROUND_HANDICAP : 0);
}
