import { constants, setPriority } from 'node:os';

/**
 * Lets what answers people go first: for commands that compute for long, often beside a running server. Threads that are
 * started afterwards inherit it. On an idle machine it changes nothing.
 */
export function takeLowPriority(): void {
  setPriority(constants.priority.PRIORITY_LOW);
}
