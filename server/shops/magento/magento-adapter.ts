import { defineAdapter } from '../define-adapter.ts';
import { magentoDeclarationSchema } from './magento-declaration.ts';

export const magento = defineAdapter(magentoDeclarationSchema, async (shop) =>
  (await import('./magento-shop.ts')).openMagentoShop(shop),
);
