import type { AppContext } from '../context.ts';
import { TRAIN_ATTEMPTS, TRAIN_JOB } from '../training/job.ts';

interface Iteration {
  iteration: number;
  loss: number;
}

/**
 * Trains the first model where there are events and no model yet, as the very job that an operator would start.
 * @param onIteration called after each iteration.
 * @returns whether one was trained. @throws what made the training fail.
 */
export async function trainFirstModel(
  { store, queue }: AppContext,
  onIteration: (report: Iteration) => void,
): Promise<boolean> {
  if ((await store.models.current()) !== null) return false;
  if ((await store.events.count()).events === 0) return false;
  const { id } = await queue.add(TRAIN_JOB, {}, { deduplicationId: TRAIN_JOB, attempts: TRAIN_ATTEMPTS });
  for await (const event of queue.events(id)) {
    if (event.type === 'iteration') onIteration(event.data as Iteration);
    if (event.type === 'failed')
      throw new Error(`the first training failed: ${(await queue.get(id))?.error ?? 'for no reason told'}`);
  }
  return true;
}
