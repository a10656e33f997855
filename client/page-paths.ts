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
