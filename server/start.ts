import type { Log } from './logging/log.ts';

/** How long a server waits at its start for a service that it needs and that starts too. */
export const START_WAIT_MS = 60_000;

/** What a process does that starts before the services that it needs. */
export interface Start {
  log: Log;
  /** How long it waits for a service that cannot be reached; 0, as commands have it, where a person shall see the error at once. */
  waitMs?: number;
}
