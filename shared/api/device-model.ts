import { z } from 'zod';
import { moneySchema } from './money.ts';

/** `GET /models/current`: what a device downloads to recommend by itself. */
export const deviceModelSchema = z
  .object({
    version: z.string().describe('Version of the model; it stands in the paths below.'),
    n_items: z.int().describe('How many items the model knows.'),
    n_factors: z.int().describe('Factors per item.'),
    size_bytes: z.int().describe('Bytes of the item factors.'),
    item_factors: z.string().describe('Path of the item factors: a safetensors file that never changes.'),
    products: z.string().describe('Path of what is shown of the items: titles, pictures, list prices.'),
    interactions: z
      .string()
      .nullable()
      .describe('Path of public interactions that a device may train on; null where there are none.'),
  })
  .meta({ id: 'DeviceModel', description: 'What a device downloads to recommend by itself.' });
export type DeviceModel = z.infer<typeof deviceModelSchema>;

/** What a device shows of an item. */
export const productCardSchema = z
  .object({
    product_id: z.string().describe('Id of the product.'),
    title: z.string().describe('Title, for people.'),
    image: z.string().nullable().describe('Path of a picture on this server; null without one.'),
    category: z.string().nullable().describe('Category; null where it is not known.'),
    list_price: moneySchema.nullable().describe('List price; null where it is not known.'),
  })
  .meta({ id: 'ProductCard', description: 'What a device shows of an item.' });
export type ProductCard = z.infer<typeof productCardSchema>;

/** `GET /models/{version}/products` */
export const productCardsSchema = z
  .object({ items: z.array(productCardSchema).describe('In the order of the model’s items.') })
  .meta({ id: 'ProductCards', description: 'What is shown of a model’s items.' });
