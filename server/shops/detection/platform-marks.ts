/** A shop platform that an adapter can ask, recognised by what it leaves in the pages of its shops. */
export interface SeenPlatform {
  adapter: 'woocommerce' | 'shopify' | 'magento';
  /** Below which the shop may live: the surest first, without a slash at the end. */
  roots: string[];
}

const WOOCOMMERCE = /\/plugins\/woocommerce\/|woocommerce-(?:page|no-js|js)/;
/** Not `cdn.shopify.com`: others embed its pictures and buttons. */
const SHOPIFY = /\bShopify\.(?:shop|theme|routes)\b|"shopify-(?:digital-wallet|features)"/;
/** The path of the page's language or market. Source: https://shopify.dev/docs/api/ajax, "Locale-aware URLs". */
const SHOPIFY_ROOT = /Shopify\.routes\.root\s*=\s*["'](\/(?:[\w-]+\/)*)["']/;
const MAGENTO = /text\/x-magento-init|\/static\/version\d+\/frontend\//;

/** @param url of the home page, after redirects. */
export function seePlatform(html: string, url: string): SeenPlatform | null {
  const { origin, pathname } = new URL(url);
  const folder = `${origin}${pathname.replace(/[^/]*$/, '').replace(/\/$/, '')}`;
  if (WOOCOMMERCE.test(html)) return { adapter: 'woocommerce', roots: [folder] };
  if (SHOPIFY.test(html)) {
    const root = SHOPIFY_ROOT.exec(html)?.[1]?.replace(/\/$/, '') ?? '';
    return { adapter: 'shopify', roots: [`${origin}${root}`] };
  }
  if (MAGENTO.test(html)) return { adapter: 'magento', roots: [...new Set([folder, origin])] };
  return null;
}

/** eBay is asked through its API, with keys, and never read page by page. */
export function isEbay(url: string): boolean {
  return /(?:^|\.)ebay\.(?:[a-z]{2,3}|com?\.[a-z]{2})$/.test(URL.parse(url)?.hostname ?? '');
}
