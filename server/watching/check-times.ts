import { createHash } from 'node:crypto';
import type { WatchSubject } from '../store/store.ts';

const HOUR_MS = 60 * 60_000;

/** Not again before what a look has found is old: as long as comparisons are answered from the cache. */
const MIN_GAP_MS = 10 * 60_000;

/** No look is further away than this: one that is was put there by a wrong date, and is due. */
export const MAX_AHEAD_MS = 2 * HOUR_MS;

/** A price that is held back is looked at again after so long, when the shops are asked anew. */
const SECOND_LOOK_MS = 15 * 60_000;

/**
 * The subject's own moment of the hour, which follows from what it is: so looks are spread over the hour however many
 * watches there are and whenever the server was started, and one look serves all watches on one thing.
 */
export function nextCheckAt({ kind, subject, currency }: WatchSubject, nowMs: number): Date {
  const digest = createHash('sha256').update(`${kind}\n${subject}\n${currency}`).digest();
  const slotMs = digest.readUInt32BE() % HOUR_MS;
  const hours = Math.ceil((nowMs + MIN_GAP_MS - slotMs) / HOUR_MS);
  return new Date(hours * HOUR_MS + slotMs);
}

export function secondLookAt(nowMs: number): Date {
  return new Date(nowMs + SECOND_LOOK_MS);
}
