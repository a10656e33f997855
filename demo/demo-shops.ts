import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseDeclaration, type ShopDeclaration } from '../server/shops/declaration.ts';
import { demoShops } from './shops/all.ts';
import type { DemoShop } from './shops/demo-shop.ts';
import { type LoggedRequest, type RunningShop, startShopServer } from './shops/shop-server.ts';

/** The port after Magpie's own default; the declarations name the eight from here. */
const DEFAULT_BASE_PORT = 8788;

interface StartedShop {
  id: string;
  name: string;
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** The shop's declaration with the address where it really is. */
  declaration: ShopDeclaration;
  /** The port that it should have had, where another program holds that one: URLs of its offers from earlier lead nowhere. */
  takenPort: number | null;
}

export interface StartedDemoShops {
  shops: readonly StartedShop[];
  /** The latest requests to one shop, oldest first. */
  requests(shopId: string): readonly LoggedRequest[];
  close(): Promise<void>;
}

export interface DemoShopsOptions {
  /** The first shop's port, the others' follow; the same after every start, so that the URLs of offers stay good. 0: any free ports. */
  basePort?: number;
  /** What the shops take for now; it decides prices and stock. */
  now?: () => Date;
}

/** Starts all demo shops on loopback. */
export async function startDemoShops({
  basePort = DEFAULT_BASE_PORT,
  now = () => new Date(),
}: DemoShopsOptions = {}): Promise<StartedDemoShops> {
  const running = new Map<string, RunningShop>();
  const close = async () => {
    await Promise.all([...running.values()].map((shop) => shop.close()));
  };
  try {
    const shops = await Promise.all(
      demoShops.map(async (shop, index): Promise<StartedShop> => {
        const wantedPort = basePort === 0 ? 0 : basePort + index;
        const server = await startOnPort(shop, wantedPort, now);
        running.set(shop.profile.id, server);
        const origin = originOn(server.port);
        const declaration = { ...(await readDeclaration(shop.profile.id)), url: origin };
        const takenPort = wantedPort === 0 || server.port === wantedPort ? null : wantedPort;
        return { id: shop.profile.id, name: shop.profile.name, origin, declaration, takenPort };
      }),
    );
    return { shops, requests: (shopId) => running.get(shopId)?.requests ?? [], close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where the declarations say that the shops are. */
export const declaredShops = (): { id: string; origin: string }[] =>
  demoShops.map(({ profile }, index) => ({ id: profile.id, origin: originOn(DEFAULT_BASE_PORT + index) }));

const originOn = (port: number) => `http://127.0.0.1:${port}`;

async function startOnPort(shop: DemoShop, port: number, now: () => Date): Promise<RunningShop> {
  try {
    return await startShopServer(shop, port, now);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startShopServer(shop, 0, now);
  }
}

async function readDeclaration(shopId: string): Promise<ShopDeclaration> {
  const file = new URL(`./declarations/${shopId}.json`, import.meta.url);
  return parseDeclaration(await readFile(file, 'utf8'), fileURLToPath(file));
}
