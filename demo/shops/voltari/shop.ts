import type { DemoShop } from '../demo-shop.ts';
import { profile } from './profile.ts';
import { openSite } from './site.ts';

export const voltari: DemoShop = { profile, openSite };
