import type { CategoryRecipe } from '../recipe.ts';
import { books } from './books.ts';
import { cameras } from './cameras.ts';
import { coffeeMachines } from './coffee-machines.ts';
import { cycling } from './cycling.ts';
import { furniture } from './furniture.ts';
import { gaming } from './gaming.ts';
import { garden } from './garden.ts';
import { groceries } from './groceries.ts';
import { headphones } from './headphones.ts';
import { kitchen } from './kitchen.ts';
import { laptops } from './laptops.ts';
import { outdoor } from './outdoor.ts';
import { phones } from './phones.ts';
import { runningShoes } from './running-shoes.ts';
import { smartwatches } from './smartwatches.ts';
import { speakers } from './speakers.ts';
import { tablets } from './tablets.ts';
import { toys } from './toys.ts';
import { tvs } from './tvs.ts';
import { vacuumCleaners } from './vacuum-cleaners.ts';

/** What the demo world sells. The order matters: brands get their GTIN prefixes by it. */
export const categories: readonly CategoryRecipe[] = [
  headphones,
  laptops,
  phones,
  tablets,
  tvs,
  cameras,
  smartwatches,
  speakers,
  gaming,
  coffeeMachines,
  kitchen,
  vacuumCleaners,
  runningShoes,
  outdoor,
  cycling,
  toys,
  books,
  garden,
  furniture,
  groceries,
];
