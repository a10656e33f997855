import { z } from 'zod';
import { AVAILABILITIES } from '../prices/offer.ts';
import { moneySchema } from './money.ts';
import { cursorSchema, nextSchema, textSchema, wholeNumberSchema } from './values.ts';

export const productSchema = z
  .object({
    product_id: z.string().describe('Id of the product.'),
    title: z.string().describe('Title, for people.'),
    brand: z.string().nullable().describe('Brand; null where it is not known.'),
    category: z.string().nullable().describe('Category; null where it is not known.'),
    description: z.string().nullable().describe('Description; null where there is none.'),
    gtin: z.string().nullable().describe('GTIN-14 with a valid check digit; null where it is not known.'),
    image: z.string().nullable().describe('Path of a picture on this server; null without one.'),
    list_price: moneySchema.nullable().describe('List price; null where it is not known.'),
  })
  .meta({ id: 'Product', description: 'A product of the catalogue.' });
export type Product = z.infer<typeof productSchema>;

export const MAX_PRODUCT_OFFSET = 100_000;

export const productsQuerySchema = z.object({
  query: textSchema({ max: 200 }).default('').meta({
    description: 'Words that must all occur in title, brand or category; none: the whole catalogue.',
    example: 'mug',
  }),
  category: textSchema({ max: 100 }).optional().describe('Only products of this category.'),
  limit: wholeNumberSchema({ min: 1, max: 100 }).default(24).describe('How many products at most.'),
  offset: wholeNumberSchema({ min: 0, max: MAX_PRODUCT_OFFSET })
    .default(0)
    .describe('How many to leave out at the beginning. `cursor`, where it is given, goes before.'),
  cursor: cursorSchema.optional(),
});

export const productListSchema = z
  .object({
    items: z.array(productSchema).describe('The products of this page, by relevance, then title.'),
    total: z.int().describe('How many products there are in all.'),
    categories: z
      .array(
        z.object({
          category: z.string().describe('Name of the category.'),
          count: z.int().describe('How many products it has.'),
        }),
      )
      .describe('The categories of what the words find, largest first.'),
    next: nextSchema,
  })
  .meta({ id: 'ProductList', description: 'One page of products.' });
export type ProductList = z.infer<typeof productListSchema>;

/** One observed price of an offer, for the price history. */
export const priceObservationSchema = z
  .object({
    shop: z.string().describe('Id of the shop.'),
    price: moneySchema.describe('Price without shipping, in the shop’s currency.'),
    availability: z.enum(AVAILABILITIES).nullable().describe('Stock; null where the shop did not say.'),
    observed_at: z.iso.datetime().describe('When the shop was read.'),
  })
  .meta({ id: 'PriceObservation', description: 'A price that was seen.' });

/** `GET /products/{id}` */
export const productDetailSchema = productSchema
  .extend({
    history: z.array(priceObservationSchema).describe('Prices that were seen, oldest first.'),
    similar: z.array(productSchema).describe('Products that the same shoppers like.'),
  })
  .meta({ id: 'ProductDetail', description: 'A product with its price history.' });
export type ProductDetail = z.infer<typeof productDetailSchema>;
