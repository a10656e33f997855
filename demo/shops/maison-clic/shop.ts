import type { DemoShop, Fault } from '../demo-shop.ts';
import { profile } from './profile.ts';
import { openSite } from './site.ts';

/** What happens to ten answers in a row, over and over. Two faults never follow each other, so that trying again helps. */
const SEQUENCE: readonly (Fault | null)[] = [null, 'unavailable', null, null, null, 'reset', null, null, null, null];

/** One answer in five fails, as with a host that is about to give up. */
export const maisonClic: DemoShop = { profile, openSite, faultAt: (n) => SEQUENCE[(n - 1) % SEQUENCE.length] ?? null };
