import { defineAdapter } from '../define-adapter.ts';
import { wooCommerceDeclarationSchema } from './woocommerce-declaration.ts';

export const wooCommerce = defineAdapter(wooCommerceDeclarationSchema, async (shop) =>
  (await import('./woocommerce-shop.ts')).openWooCommerceShop(shop),
);
