import { defineAdapter } from '../define-adapter.ts';
import { ebayBrowseDeclarationSchema } from './ebay-browse-declaration.ts';

export const ebayBrowse = defineAdapter(ebayBrowseDeclarationSchema, async (shop) =>
  (await import('./ebay-browse-shop.ts')).openEbayBrowseShop(shop),
);
