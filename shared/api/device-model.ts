import { z } from 'zod';
import { moneySchema } from './money.ts';

/** `GET /models/current`: what a device downloads to recommend by itself. */
export const deviceModelSchema = z
  .object({
    version: z.string(),
    n_items: z.int(),
    n_factors: z.int(),
    /** Bytes of the item factors. */
    size_bytes: z.int(),
    /** Path of the item factors: a safetensors file that never changes. */
    item_factors: z.string(),
    /** Path of what is shown of the items: titles, pictures, list prices. */
    products: z.string(),
    /** Path of public interactions that a device may train on; null where there are none. */
    interactions: z.string().nullable(),
  })
  .meta({ id: 'DeviceModel' });
export type DeviceModel = z.infer<typeof deviceModelSchema>;

/** What a device shows of an item. */
export const productCardSchema = z
  .object({
    product_id: z.string(),
    title: z.string(),
    image: z.string().nullable(),
    category: z.string().nullable(),
    list_price: moneySchema.nullable(),
  })
  .meta({ id: 'ProductCard' });
export type ProductCard = z.infer<typeof productCardSchema>;

/** `GET /models/{version}/products` */
export const productCardsSchema = z.object({ items: z.array(productCardSchema) }).meta({ id: 'ProductCards' });
