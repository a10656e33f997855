import type { DemoShop } from '../demo-shop.ts';
import { profile } from './profile.ts';
import { openSite } from './site.ts';

/** Every page takes its time, as on an overloaded host. */
export const pricebarn: DemoShop = { profile, openSite, delayMs: 1_500 };
