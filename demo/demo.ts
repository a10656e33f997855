import type { ShopDeclaration } from '../server/shops/declaration.ts';
import type { Store } from '../server/store/store.ts';
import { startDemoShops } from './demo-shops.ts';
import { needsDemo, seedDemo } from './seed-demo.ts';

export { productImageAt } from './product-image.ts';

/** The demo world beside a running server. */
export interface RunningDemo {
  /** Declarations of the shops that run now, by shop id. */
  declarations: ReadonlyMap<string, ShopDeclaration>;
  /** Fills an empty store with the catalogue, its shoppers and their events; a store with other goods stays as it is. */
  fill(store: Store): Promise<void>;
  close(): Promise<void>;
}

export interface DemoOptions {
  /** The first shop's port, the others' follow; 0: any free ports. */
  basePort: number;
  /** Called with each thing that happens, as one sentence. */
  say(sentence: string): void;
}

/** Starts the demo's shops. With `productImageAt`, this is all that the server imports of the demo, in `serve`; tests import more. */
export async function startDemo({ basePort, say }: DemoOptions): Promise<RunningDemo> {
  const { shops, close } = await startDemoShops({ basePort });
  for (const { name, takenPort, origin } of shops) {
    if (takenPort !== null) say(`Port ${takenPort} is in use, so the demo shop ${name} is at ${origin} this time.`);
  }
  return {
    declarations: new Map(shops.map(({ id, declaration }) => [id, declaration])),
    async fill(store) {
      if (!(await needsDemo(store))) return;
      say('Filling the empty store with the demo catalogue and its shoppers …');
      await seedDemo(store, { shops });
    },
    close,
  };
}
