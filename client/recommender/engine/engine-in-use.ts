import { useOnDevice } from '../page/on-device.ts';
import { useDeviceRecommendations } from '../page/queries.ts';
import type { DeviceEngine } from '../recommender-types.ts';

/** Where the engine is shown on the page `/you`. */
export const ENGINE_ID = 'engine';

/** The engine on this device that computed this shopper's recommendations; null: the server did. */
export function useEngineInUse(): DeviceEngine | null {
  const { engine } = useOnDevice();
  const { data } = useDeviceRecommendations();
  return data?.items.length ? engine : null;
}

/** e.g. `On this device: GPU (NVIDIA H200)` */
export function engineLabel(engine: DeviceEngine | null): string {
  if (engine === null) return 'On the server';
  return `On this device: ${engine.kind === 'gpu' ? `GPU (${engine.name})` : engine.name}`;
}
