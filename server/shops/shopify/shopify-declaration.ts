import { z } from 'zod';
import { declarationFields } from '../declaration-fields.ts';

/**
 * A Shopify shop, asked through the Ajax API of its own theme. The path of a language or market, such as
 * `https://shop.example/de`, is part of `url`. `currency` counts only where the shop's cart does not tell one.
 */
export const shopifyDeclarationSchema = z.strictObject({
  ...declarationFields,
  adapter: z.literal('shopify'),
});
export type ShopifyDeclaration = z.infer<typeof shopifyDeclarationSchema>;
