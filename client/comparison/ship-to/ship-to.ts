import { createStore, useStore } from 'zustand';
import { readKept, writeKept } from '../../offline/settings.ts';

/** Kept outside the database, because the first comparison must not wait for that. */
const KEPT_AS = 'magpie-ship-to';
/** The kept text of a shopper who wants no country, which is not the same as never having chosen. */
const ANYWHERE = '-';

interface Destination {
  country: string | null;
}

const destination = createStore<Destination>(() => ({ country: null }));
// A page that is rendered on a server has no shopper, hence no country.
if (typeof window !== 'undefined') destination.setState({ country: keptCountry() });

const countryChosen = ({ country }: Destination): string | null => country;

/** The country that offers are to be sent to, an ISO 3166-1 alpha-2 code; null: none is named. */
export function useShipTo(): string | null {
  return useStore(destination, countryChosen);
}

export function setShipTo(country: string | null): void {
  destination.setState({ country });
  writeKept(KEPT_AS, country ?? ANYWHERE);
}

/** The country that a language tag names by itself: `de-AT` does, `en` does not. */
export function countryOf(languageTag: string): string | null {
  try {
    const { region } = new Intl.Locale(languageTag);
    return region !== undefined && isCountry(region) ? region : null;
  } catch {
    return null;
  }
}

/** The shopper's last choice; the country of the browser's language before there is one. */
function keptCountry(): string | null {
  const kept = readKept(KEPT_AS);
  if (kept === ANYWHERE) return null;
  return kept !== null && isCountry(kept) ? kept : countryOf(navigator.language);
}

function isCountry(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}
