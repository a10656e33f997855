import { z } from 'zod';
import { AVAILABILITIES } from '../prices/offer.ts';
import { moneySchema } from './money.ts';

export const productSchema = z
  .object({
    product_id: z.string(),
    title: z.string(),
    brand: z.string().nullable(),
    category: z.string().nullable(),
    description: z.string().nullable(),
    gtin: z.string().nullable(),
    image: z.string().nullable(),
    list_price: moneySchema.nullable(),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof productSchema>;

export const productsQuerySchema = z.object({
  query: z.string().max(200).default(''),
  category: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});

export const productListSchema = z
  .object({
    items: z.array(productSchema),
    total: z.int(),
    categories: z.array(z.object({ category: z.string(), count: z.int() })),
  })
  .meta({ id: 'ProductList' });
export type ProductList = z.infer<typeof productListSchema>;

/** One observed price of an offer, for the price history. */
export const priceObservationSchema = z
  .object({
    shop: z.string(),
    price: moneySchema,
    availability: z.enum(AVAILABILITIES).nullable(),
    observed_at: z.iso.datetime(),
  })
  .meta({ id: 'PriceObservation' });

/** `GET /products/{id}` */
export const productDetailSchema = productSchema
  .extend({
    history: z.array(priceObservationSchema),
    similar: z.array(productSchema),
  })
  .meta({ id: 'ProductDetail' });
export type ProductDetail = z.infer<typeof productDetailSchema>;
