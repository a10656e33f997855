import type { DeviceModel, ProductCard } from '../../../shared/api/device-model.ts';
import type { ModelFiles } from './model-files.ts';

/** @throws Error in words for people where it cannot be had */
export async function download(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`the server answered ${response.status} when asked for ${path}`);
  return response;
}

/** The server's model. Its factors never change and come from the browser's own cache where that still has them. */
export async function downloadModel({ version, item_factors, products }: DeviceModel): Promise<ModelFiles> {
  const [factors, shown] = await Promise.all([download(item_factors), download(products)]);
  const { items } = (await shown.json()) as { items: unknown };
  if (!Array.isArray(items) || !items.every(isProductCard)) {
    throw new Error('the products of the model cannot be read: the server and this page are of different versions');
  }
  return { version, itemFactors: new Uint8Array(await factors.arrayBuffer()), products: items, training: null };
}

/** Without a title there is nothing to show. */
function isProductCard(value: unknown): value is ProductCard {
  return (
    typeof value === 'object' &&
    value !== null &&
    'product_id' in value &&
    typeof value.product_id === 'string' &&
    'title' in value &&
    typeof value.title === 'string'
  );
}
