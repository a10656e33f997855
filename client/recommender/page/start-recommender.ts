import { proxy, wrap } from 'comlink';
import type { DeviceModel } from '../../../shared/api/device-model.ts';
import { ApiError, asError, getJson } from '../../api/http.ts';
import { DEVICE_MODEL } from '../../api/shapes.ts';
import { onStoreChange } from '../../offline/changes.ts';
import type { EngineChoice } from '../../offline/engine-choice.ts';
import { loadSettings } from '../../offline/settings.ts';
import type { RecommenderService } from '../recommender-types.ts';
import { changeOnDevice, onDevice, takeState } from './on-device.ts';

/** Trainings are rare, but a page may stay open for days. */
const LOOK_FOR_MODEL_MS = 15 * 60_000;

/** The model that the server offers to devices; null: none. @throws ApiError */
export async function offeredModel(): Promise<DeviceModel | null> {
  try {
    return (await getJson('/models/current', {}, DEVICE_MODEL)).data;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** The shopper's choice of engine; without a database there is none. */
async function engineChoice(): Promise<EngineChoice> {
  return loadSettings().then(
    ({ engine }) => engine,
    () => 'auto',
  );
}

/** Loads the server's model where it is not the one in use. Without a network, the kept model stays in use. */
export async function updateModel(): Promise<void> {
  const { service, model: known } = onDevice();
  if (service === null) return;
  try {
    const model = await offeredModel();
    if (model !== null && known?.version !== model.version) takeState(await service.load(await engineChoice(), model));
    changeOnDevice({ problem: model === null && known === null ? 'This server has no model for devices.' : null });
  } catch (error) {
    if (known === null) changeOnDevice({ problem: asError(error).message });
  }
}

/** Starts the worker with the kept model, then updates the model, now and from time to time. */
export async function startRecommender(): Promise<void> {
  const worker = new Worker(new URL('../worker/recommender.worker.ts', import.meta.url), { type: 'module' });
  const service = wrap<RecommenderService>(worker);
  const { promise: death, reject } = Promise.withResolvers<never>();
  worker.addEventListener('error', (event) => {
    const problem = `The recommender on this device has ended: ${event.message || 'its script could not be loaded'}.`;
    changeOnDevice({ phase: 'absent', model: null, engine: null, service: null, problem });
    reject(new Error(problem));
  });
  changeOnDevice({ service });
  await Promise.race([service.onEngineChange(proxy(takeState)), death]);
  takeState(await Promise.race([service.load(await engineChoice(), null), death]));
  // From here on, the phase `absent` reports a worker that has ended.
  death.catch(() => {});

  await updateModel();
  setInterval(() => document.visibilityState === 'visible' && void updateModel(), LOOK_FOR_MODEL_MS);
  window.addEventListener('online', () => void updateModel());
  let chosen = await engineChoice();
  onStoreChange(async (change) => {
    if (change !== 'settings') return;
    const before = chosen;
    chosen = await engineChoice();
    if (chosen !== before) takeState(await service.load(chosen, null));
  });
}
