import type { ProductCard, DeviceModel as WireDeviceModel } from '../../shared/api/device-model.ts';
import { toWireMoney } from '../../shared/prices/money/money.ts';
import type { ImageLinks } from '../images/image-links.ts';
import type { DeviceModel } from '../recommendations/device-models.ts';
import type { ProductRecord } from '../store/store.ts';

/** The answer of `GET /models/current`, with the paths of what a device downloads. */
export function toWireDeviceModel(model: DeviceModel): WireDeviceModel {
  const path = `/models/${encodeURIComponent(model.version)}`;
  return {
    version: model.version,
    n_items: model.nItems,
    n_factors: model.nFactors,
    size_bytes: model.sizeBytes,
    item_factors: `${path}/item-factors`,
    products: `${path}/products`,
    interactions: model.hasInteractions ? `${path}/interactions` : null,
  };
}

/** One of `GET /models/{version}/products`, its picture on our own origin. */
export function toProductCard(
  { id, title, image, category, listPrice }: ProductRecord,
  imageLinks: ImageLinks,
): ProductCard {
  return {
    product_id: id,
    title,
    image: imageLinks.pathTo(image),
    category,
    list_price: listPrice && toWireMoney(listPrice),
  };
}
