import { defineAdapter } from '../define-adapter.ts';
import { feedDeclarationSchema } from './feed-declaration.ts';

export const feed = defineAdapter(feedDeclarationSchema, async (shop) =>
  (await import('./feed-shop.ts')).openFeedShop(shop),
);
