import { z } from 'zod';
import { declarationFields } from '../declaration-fields.ts';

/** A WooCommerce shop, asked through its public Store API at `{url}/wp-json/wc/store/v1`. */
export const wooCommerceDeclarationSchema = z.strictObject({
  ...declarationFields,
  adapter: z.literal('woocommerce'),
});
export type WooCommerceDeclaration = z.infer<typeof wooCommerceDeclarationSchema>;
