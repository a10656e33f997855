import { PAGES } from '../page-paths.ts';

const KEY = 'link';

/** The address that a QR code holds. The code stands in the fragment, which browsers send to no server. */
export function linkAddress(code: string): string {
  return `${location.origin}${PAGES.you}#${KEY}=${encodeURIComponent(code)}`;
}

/** The code in the fragment of such an address; null: there is none. */
export function linkCodeIn(fragment: string): string | null {
  return new URLSearchParams(fragment.replace(/^#/, '')).get(KEY) || null;
}
