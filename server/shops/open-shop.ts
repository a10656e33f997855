import * as adapters from './adapters.ts';
import type { ShopDeclaration } from './declaration.ts';
import type { ShopAdapter } from './shop-adapter.ts';

/** The adapter that asks the declared shop; its code is loaded when the first shop of its kind is opened. */
export function openShop(declaration: ShopDeclaration): Promise<ShopAdapter> {
  const kind = Object.values(adapters).find(({ name }) => name === declaration.adapter);
  if (kind === undefined) throw new RangeError(`there is no adapter "${declaration.adapter}"`);
  return kind.open(declaration);
}
