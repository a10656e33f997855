import type { ProductCard } from '../../../shared/api/device-model.ts';
import type { FactorModel } from '../../../shared/recommender/model/factor-model.ts';
import { readFactorModel } from '../../../shared/recommender/model/factor-model-file.ts';
import type { DeviceTraining } from '../recommender-types.ts';

/** One model with what is shown of its items. */
export interface ModelFiles {
  version: string;
  itemFactors: Uint8Array<ArrayBuffer>;
  products: ProductCard[];
  /** null: the server trained it. */
  training: DeviceTraining | null;
}

/** Which of the two that a device may have. */
export type ModelSlot = 'server' | 'trained';

const CACHE = 'magpie-models';
const VERSION_HEADER = 'x-magpie-model-version';

/** Requests that go nowhere: names in the cache. */
const PATHS = {
  itemFactors: (slot: ModelSlot) => `/on-device/${slot}/item-factors`,
  products: (slot: ModelSlot) => `/on-device/${slot}/products`,
} as const;

interface KeptProducts {
  version: string;
  products: ProductCard[];
  training: DeviceTraining | null;
}

/** Insecure contexts have no caches. */
function hasCaches(): boolean {
  return 'caches' in globalThis;
}

/** Keeps a model beyond this tab and for when there is no network. @returns why it could not be kept, for people; null: it is kept */
export async function keepModel(
  slot: ModelSlot,
  { version, itemFactors, products, training }: ModelFiles,
): Promise<string | null> {
  if (!hasCaches()) return 'This address is not secure (http), so the browser keeps nothing for offline use.';
  try {
    const cache = await caches.open(CACHE);
    const kept: KeptProducts = { version, products, training };
    // The factors last: they are what `keptModel` looks for, and it compares versions.
    await cache.put(PATHS.products(slot), new Response(JSON.stringify(kept)));
    await cache.put(PATHS.itemFactors(slot), new Response(itemFactors, { headers: { [VERSION_HEADER]: version } }));
    return null;
  } catch (error) {
    console.warn('The model is not kept for offline use:', error);
    await forgetModel(slot).catch(() => {});
    return 'The browser gives Magpie no room on this device, so the model is downloaded again next time.';
  }
}

/** The model that was kept; null where there is none, or only a part of one. */
export async function keptModel(slot: ModelSlot): Promise<{ files: ModelFiles; model: FactorModel } | null> {
  if (!hasCaches()) return null;
  try {
    const cache = await caches.open(CACHE);
    const [factors, shown] = await Promise.all([
      cache.match(PATHS.itemFactors(slot)),
      cache.match(PATHS.products(slot)),
    ]);
    if (!factors || !shown) return null;
    const { version, products, training } = (await shown.json()) as KeptProducts;
    if (factors.headers.get(VERSION_HEADER) !== version) return null;
    const itemFactors = new Uint8Array(await factors.arrayBuffer());
    return { files: { version, itemFactors, products, training }, model: readFactorModel(itemFactors) };
  } catch (error) {
    console.warn('The model that was kept cannot be used and is downloaded again:', error);
    return null;
  }
}

export async function forgetModel(slot: ModelSlot): Promise<void> {
  if (!hasCaches()) return;
  const cache = await caches.open(CACHE);
  await Promise.all(Object.values(PATHS).map((path) => cache.delete(path(slot))));
}
