import { Gauge, type Registry } from 'prom-client';
import type { ModelRecord, Store } from '../store/store.ts';

/**
 * The latest training that gave a model, from the store: the same in all processes. Absent while there is none.
 * @returns reads them anew.
 */
export function trainingMetrics(registry: Registry, store: Store): () => Promise<void> {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const loss = gauge('magpie_training_loss', 'Loss of the latest model');
  const seconds = gauge('magpie_training_seconds', 'Time that the training of the latest model took');
  const iterations = gauge('magpie_training_iterations', 'The iteration of its training that became the latest model');
  const createdAt = gauge('magpie_model_created_timestamp_seconds', 'When the latest model was made, in Unix time');
  return async () => {
    const latest = latestOf(await store.models.list().catch(() => []));
    setOrRemove(loss, latest?.parameters['loss']);
    setOrRemove(seconds, latest?.parameters['seconds']);
    setOrRemove(iterations, latest?.parameters['chosen_iteration']);
    setOrRemove(createdAt, latest && latest.createdAt.getTime() / 1_000);
  };
}

function latestOf(models: readonly ModelRecord[]): ModelRecord | undefined {
  return models.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0];
}

function setOrRemove(gauge: Gauge, value: unknown): void {
  if (typeof value === 'number') gauge.set(value);
  else gauge.remove();
}
