import type { Hono } from 'hono';
import type { ShopProfile } from './profile.ts';
import type { ShopCatalogue } from './shop-catalogue.ts';

export type Fault = 'unavailable' | 'reset';

/** A shop: how it does business, its web site, and how that misbehaves. */
export interface DemoShop {
  profile: ShopProfile;
  /** Its pages, robots.txt included. `now` decides prices and stock. */
  openSite(catalogue: ShopCatalogue, now: () => Date): Hono;
  /** Before every page, ms; robots.txt, stylesheet and pictures come at once. */
  delayMs?: number;
  /** What happens instead of the n-th answer (from 1; pages only): the same sequence after every start. */
  faultAt?(n: number): Fault | null;
}
