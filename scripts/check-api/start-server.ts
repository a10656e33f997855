import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorToken } from '../../server/access/operator-token.ts';
import type { ApiDocument } from '../../server/api/document/document.ts';
import { declarationOf, startLoopbackShop } from '../../server/comparison/testing/loopback-shop.ts';
import { readConfig } from '../../server/config.ts';
import { RECOMMEND_JOB } from '../../server/recommendations/job.ts';
import { trainFirstModel } from '../../server/serve/first-model.ts';
import { type RunningServer, serve } from '../../server/serve/serve.ts';

export interface CheckedServer {
  url: string;
  /** The operator's token. */
  token: string;
  /** The server's OpenAPI document. Ids in its examples are of what is really there. */
  document(): Promise<ApiDocument>;
  close(): Promise<void>;
}

const PRODUCTS = ['85123A', 'mug', 'cup', 'bowl', 'headphones', 'kettle'];
const PUBLIC_SHOPPERS = ['1', '2', '123', '3000'];

/**
 * A whole Magpie on a free port and in a folder of its own, with a few products, public shoppers, a trained model and one
 * shop over HTTP: no request leaves this machine.
 */
export async function startServer(): Promise<CheckedServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-check-api-'));
  const products = PRODUCTS.map((name, index) => ({ name: `A ${name}`, price: `${index + 5}.90` }));
  const shop = await startLoopbackShop({ id: 'elm', products });
  await mkdir(join(dataDir, 'shops'));
  const declaration = declarationOf(shop, { currency: 'EUR', pace: { min_delay_ms: 0 } });
  await writeFile(join(dataDir, 'shops/elm.json'), JSON.stringify(declaration));
  const environment = { PORT: '0', MAGPIE_DATA_DIR: dataDir, MAGPIE_LOG_LEVEL: 'error' };
  const config = { ...readConfig({ ...environment, MAGPIE_ALLOWED_ORIGINS: shop.origin }), ratesUrl: null };
  const server = await serve(config, { role: 'all', demo: false, tls: null, say: () => undefined });
  const there = await fill(server);
  const { secret } = await operatorToken(config);
  const url = server.url ?? '';
  return {
    url,
    token: secret,
    async document() {
      const text = await (await fetch(`${url}/openapi.json`)).text();
      const changed = Object.entries(there).reduce((json, [example, id]) => json.replaceAll(example, id), text);
      const document = JSON.parse(changed) as ApiDocument;
      // Not the shopper of all other examples, of whom nothing would be taken any more.
      for (const parameter of document.paths['/me']?.['delete']?.parameters ?? []) parameter.example = 'leaver';
      return document;
    },
    async close() {
      await server.close();
      await shop.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** @returns ids of what is there, by those of the document's examples. */
async function fill({ context }: RunningServer): Promise<Record<string, string>> {
  const { store, queue } = context;
  const nothing = { description: null, gtin: null, mpn: null, image: null };
  await store.products.upsert(
    PRODUCTS.map((id) => ({
      ...{ id, title: `A ${id}`, brand: 'Ash', category: 'Clay', ...nothing },
      ...{ listPrice: { minor: 990, currency: 'EUR' }, source: 'check' },
    })),
  );
  await store.publicShoppers.add(PUBLIC_SHOPPERS, 'check');
  await store.events.append(
    PUBLIC_SHOPPERS.flatMap((userId, shopper) =>
      PRODUCTS.filter((_, product) => product % 2 === shopper % 2).map((itemId) => ({
        ...{ id: `${userId} ${itemId}`, userId, itemId, type: 'purchase' as const, value: 1 },
        ...{ occurredAt: new Date(0), source: 'check' },
      })),
    ),
  );
  await trainFirstModel(context, () => undefined);
  const { id } = await queue.add(RECOMMEND_JOB, { userId: '1', limit: 3 });
  return {
    '20261122T081500-3f2a': (await store.models.current())?.version ?? '',
    '6f0d3c1e-7c1b-4b7e-9a51-1a2b3c4d5e6f': id,
  };
}
