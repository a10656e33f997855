/* Every adapter; the names in declarations are those of their schemas. A new one adds its line here. */

export { ebayBrowse } from './ebay-browse/ebay-browse-adapter.ts';
export { feed } from './feed/feed-adapter.ts';
export { html } from './html/html-adapter.ts';
export { magento } from './magento/magento-adapter.ts';
export { shopify } from './shopify/shopify-adapter.ts';
export { wooCommerce } from './woocommerce/woocommerce-adapter.ts';
