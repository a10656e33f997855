import { spawnThread } from '../../backends/threads/spawn-lane.node.ts';
import type { SpawnedLane } from '../../threads/spawned-lane.ts';

/** Starts a ranking lane in a worker thread. */
export function spawnRanker(): SpawnedLane {
  return spawnThread(new URL('./ranking.worker.ts', import.meta.url));
}
