import { bergmarkt } from './bergmarkt/shop.ts';
import type { DemoShop } from './demo-shop.ts';
import { fjallbod } from './fjallbod/shop.ts';
import { hearthAndMill } from './hearth-and-mill/shop.ts';
import { kaufgut24 } from './kaufgut24/shop.ts';
import { maisonClic } from './maison-clic/shop.ts';
import { pricebarn } from './pricebarn/shop.ts';
import { tinyHarbour } from './tiny-harbour/shop.ts';
import { voltari } from './voltari/shop.ts';

/** In the order of their ports. */
export const demoShops: readonly DemoShop[] = [
  voltari,
  hearthAndMill,
  fjallbod,
  pricebarn,
  kaufgut24,
  tinyHarbour,
  bergmarkt,
  maisonClic,
];
