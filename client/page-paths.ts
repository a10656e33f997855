/** Addresses of the pages. None lies under a path of the API; the service worker answers these from the shell. */
export const PAGES = {
  home: '/',
  search: '/search',
  product: '/product/:id',
  compare: '/compare',
  share: '/share',
  watchlist: '/watchlist',
  you: '/you',
} as const;

export function productPath(id: string): string {
  return PAGES.product.replace(':id', () => encodeURIComponent(id));
}

/** e.g. `/search?q=kettle` */
export function searchPath(wanted: { q: string } | { category: string }): string {
  return `${PAGES.search}?${new URLSearchParams(wanted)}`;
}

/**
 * @param q words to compare prices for, or the address of a shop's page
 * @param words the query where that page cannot be read
 */
export function comparePath(q: string, words?: string): string {
  return `${PAGES.compare}?${new URLSearchParams(words === undefined ? { q } : { q, words })}`;
}
