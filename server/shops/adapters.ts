import type { ShopDeclaration } from './declaration.ts';
import type { ShopAdapter } from './shop-adapter.ts';

/** The adapters by their name in declarations, each loaded when a shop first needs it. A new one adds its line here. */
const ADAPTERS: {
  [A in ShopDeclaration['adapter']]: (shop: Extract<ShopDeclaration, { adapter: A }>) => Promise<ShopAdapter>;
} = {
  'ebay-browse': async (shop) => (await import('./ebay-browse/ebay-browse-shop.ts')).openEbayBrowseShop(shop),
  feed: async (shop) => (await import('./feed/feed-shop.ts')).openFeedShop(shop),
  html: async (shop) => (await import('./html/html-shop.ts')).openHtmlShop(shop),
  magento: async (shop) => (await import('./magento/magento-shop.ts')).openMagentoShop(shop),
  shopify: async (shop) => (await import('./shopify/shopify-shop.ts')).openShopifyShop(shop),
  woocommerce: async (shop) => (await import('./woocommerce/woocommerce-shop.ts')).openWooCommerceShop(shop),
};

/** The adapter that asks the declared shop. */
export function openShop(declaration: ShopDeclaration): Promise<ShopAdapter> {
  return open(declaration.adapter, declaration);
}

function open<A extends ShopDeclaration['adapter']>(adapter: A, shop: Extract<ShopDeclaration, { adapter: A }>) {
  return ADAPTERS[adapter](shop);
}
