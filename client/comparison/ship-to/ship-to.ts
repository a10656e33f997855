import { createStore, useStore } from 'zustand';
import type { operations } from '../../../shared/api-client/src/index.ts';
import { isCountryCode } from '../../../shared/prices/countries.ts';
import { readKept, writeKept } from '../../offline/settings.ts';

/** Kept outside the database, because the first comparison must not wait for that. */
const KEPT_AS = 'magpie-ship-to';
/** The kept text of a shopper who wants no country, which is not the same as never having chosen. */
const ANYWHERE = '-';

/** ISO 3166-1 alpha-2. */
export type Country = NonNullable<operations['comparePrices']['parameters']['query']['ship_to']>;

interface Destination {
  country: Country | null;
}

const destination = createStore<Destination>(() => ({ country: null }));
// A page that is rendered on a server has no shopper, hence no country.
if (typeof window !== 'undefined') destination.setState({ country: keptCountry() });

const countryChosen = ({ country }: Destination): Country | null => country;

/** The country that offers are to be sent to; null: none is named. */
export function useShipTo(): Country | null {
  return useStore(destination, countryChosen);
}

export function setShipTo(country: Country | null): void {
  destination.setState({ country });
  writeKept(KEPT_AS, country ?? ANYWHERE);
}

/** The country that a language tag names by itself: `de-AT` does, `en` does not. */
export function countryOf(languageTag: string): Country | null {
  try {
    const { region } = new Intl.Locale(languageTag);
    return region !== undefined && isCountry(region) ? region : null;
  } catch {
    return null;
  }
}

/** The shopper's last choice; the country of the browser's language before there is one. */
function keptCountry(): Country | null {
  const kept = readKept(KEPT_AS);
  if (kept === ANYWHERE) return null;
  return kept !== null && isCountry(kept) ? kept : countryOf(navigator.language);
}

/** The list is the one that the server checks by. */
export function isCountry(text: string): text is Country {
  return isCountryCode(text);
}
