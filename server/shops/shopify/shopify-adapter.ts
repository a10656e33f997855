import { defineAdapter } from '../define-adapter.ts';
import { shopifyDeclarationSchema } from './shopify-declaration.ts';

export const shopify = defineAdapter(shopifyDeclarationSchema, async (shop) =>
  (await import('./shopify-shop.ts')).openShopifyShop(shop),
);
