import { AVAILABILITIES, type Availability, type Condition } from '../../../offer.ts';
import { localName } from './schema-object.ts';

/** Names beside schema.org's own that feeds, OpenGraph tags and shop platforms use. */
const OTHER_NAMES: Record<string, Availability> = {
  available: 'InStock',
  availablefororder: 'BackOrder',
  backordered: 'BackOrder',
  comingsoon: 'PreOrder',
  discontinued: 'Discontinued',
  false: 'OutOfStock',
  instockonline: 'InStock',
  instoreonly: 'InStoreOnly',
  limited: 'LimitedAvailability',
  limitedstock: 'LimitedAvailability',
  lowstock: 'LimitedAvailability',
  notavailable: 'OutOfStock',
  notinstock: 'OutOfStock',
  oos: 'OutOfStock',
  outofstock: 'OutOfStock',
  preorderonly: 'PreOrder',
  true: 'InStock',
  unavailable: 'OutOfStock',
};
const BY_NAME = new Map<string, Availability>([
  ...AVAILABILITIES.map((name): [string, Availability] => [name.toLowerCase(), name]),
  ...Object.entries(OTHER_NAMES),
  // Shops use the two names for one state.
  ['soldout', 'OutOfStock'],
]);

/** `https://schema.org/InStock`, `in stock`, `IN_STOCK` → `InStock`; null for what names no state. */
export function availabilityFromName(name: string): Availability | null {
  const key = localName(name)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return BY_NAME.get(key) ?? null;
}

const CONDITIONS: Record<string, Condition> = {
  new: 'NewCondition',
  used: 'UsedCondition',
  refurbished: 'RefurbishedCondition',
  damaged: 'DamagedCondition',
};

/** `https://schema.org/NewCondition`, `new` → `NewCondition`; null for what names no condition. */
export function conditionFromName(name: string): Condition | null {
  const key = localName(name)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/condition$/, '');
  return Object.hasOwn(CONDITIONS, key) ? (CONDITIONS[key] ?? null) : null;
}
