import type { ShopAdapter } from '../shop-adapter.ts';
import type { FeedDeclaration } from './feed-declaration.ts';

/** A shop whose whole catalogue is published as a merchant feed: searched here, not there. */
export function openFeedShop(declaration: FeedDeclaration): ShopAdapter {
  return {
    id: declaration.id,
    name: declaration.name,

    async *search(query, context) {
      const index = await context.feeds.current(declaration, context, context.signal);
      yield* index.search(query, context.limit, Date.now());
    },

    async offer(url, context) {
      const index = await context.feeds.current(declaration, context, context.signal);
      return index.byUrl(url, Date.now());
    },
  };
}
