import { defineAdapter } from '../define-adapter.ts';
import { htmlDeclarationSchema } from './html-declaration.ts';

export const html = defineAdapter(htmlDeclarationSchema, async (shop) =>
  (await import('./html-shop.ts')).openHtmlShop(shop),
);
