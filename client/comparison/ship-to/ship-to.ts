import { useSyncExternalStore } from 'react';

/** Kept beside the page, not in its database: the first comparison must not wait for that. */
const KEPT_AS = 'magpie-ship-to';
/** Kept for a shopper who wants no country, which is not the same as never having chosen. */
const ANYWHERE = '-';

const listeners = new Set<() => void>();
let chosen: string | null = readKept();

/** The country that offers are to be sent to, an ISO 3166-1 alpha-2 code; null: none is named. */
export function useShipTo(): string | null {
  return useSyncExternalStore(subscribe, () => chosen);
}

export function setShipTo(country: string | null): void {
  chosen = country;
  try {
    localStorage.setItem(KEPT_AS, country ?? ANYWHERE);
  } catch {
    // A browser that keeps nothing: it holds until the page is left.
  }
  for (const listener of listeners) listener();
}

/** The country that a language tag names by itself: `de-AT` does, `en` does not. */
export function countryOf(languageTag: string): string | null {
  try {
    const { region } = new Intl.Locale(languageTag);
    return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : null;
  } catch {
    return null;
  }
}

function readKept(): string | null {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT_AS);
  } catch {
    // As above.
  }
  if (kept === ANYWHERE) return null;
  return kept !== null && /^[A-Z]{2}$/.test(kept) ? kept : countryOf(globalThis.navigator?.language ?? '');
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
