import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorToken } from '../../server/access/operator-token.ts';
import { readConfig } from '../../server/config.ts';
import { serve } from '../../server/serve/serve.ts';

export interface CheckedServer {
  url: string;
  /** The operator's token. */
  token: string;
  close(): Promise<void>;
}

/**
 * A whole Magpie on a free port and in a folder of its own, with three products and no shops: what is checked is the
 * API's form, and no request leaves this machine.
 */
export async function startServer(): Promise<CheckedServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-check-api-'));
  const config = { ...readConfig({ PORT: '0', MAGPIE_DATA_DIR: dataDir }), ratesUrl: null };
  const server = await serve(config, { role: 'all', demo: false, tls: null, say: () => undefined });
  const { store } = server.context;
  await store.products.upsert(
    ['mug', 'cup', 'bowl'].map((id) => ({
      id,
      title: `A ${id}`,
      brand: 'Ash',
      category: 'Clay',
      description: null,
      gtin: null,
      mpn: null,
      image: null,
      listPrice: { minor: 990, currency: 'EUR' },
      source: 'check',
    })),
  );
  const { secret } = await operatorToken(config);
  return {
    url: server.url ?? '',
    token: secret,
    async close() {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
