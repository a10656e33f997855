import type { EventRecord, ProductRecord } from '../server/store/store.ts';
import type { DemoProduct } from './catalogue/product.ts';
import { productImagePath } from './product-image.ts';
import type { DemoEvent } from './shoppers/events.ts';

/** Where these records say they come from. */
export const DEMO_SOURCE = 'demo';

export const productRecord = (product: DemoProduct): ProductRecord => ({
  id: product.id,
  title: product.title,
  brand: product.brand,
  category: product.category,
  description: product.description,
  // A GTIN-13 is a GTIN-14 with a zero before it, check digit included (GS1 General Specifications, 2.1).
  gtin: `0${product.gtin13}`,
  mpn: product.mpn,
  image: productImagePath(product.id),
  listPrice: { minor: product.listPriceCents, currency: 'EUR' },
  source: DEMO_SOURCE,
});

export const eventRecord = ({ shopperId, productId, ...event }: DemoEvent): EventRecord => ({
  ...event,
  userId: shopperId,
  itemId: productId,
  source: DEMO_SOURCE,
});
