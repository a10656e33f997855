import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Access } from '../access/access.ts';
import { addressHasher } from '../access/address-hash.ts';
import { clientAddressReader } from '../access/client-address.ts';
import { createApp } from '../api/app.ts';
import { ClientLimits } from '../api/client-limits.ts';
import { Gate } from '../api/gate.ts';
import type { ApiParts } from '../api/parts.ts';
import type { AppContext } from '../context.ts';
import { signingSecret } from '../images/signing-secret.ts';
import { openRateLimiter } from '../limits/open-rate-limiter.ts';
import type { Start } from '../start.ts';
import { modelsDir } from '../training/register-model.ts';

/** The app as `npm run build` leaves it. */
const CLIENT_DIR = fileURLToPath(new URL('../../dist/client', import.meta.url));

/** What an API needs beside a context. */
interface OwnParts
  extends Pick<ApiParts, 'metrics' | 'readiness' | 'signIn' | 'drawPicture' | 'closing' | 'outOfTime'> {
  operatorToken: string;
  start: Start;
  /** Routes of a benchmark, behind the same middleware as the API's. */
  moreRoutes?(app: OpenAPIHono): void;
}

/** The API and the app over a context, with their limits. `close` after the last request. */
export async function openApi(
  context: AppContext,
  { operatorToken, start, moreRoutes, ...own }: OwnParts,
): Promise<{ app: OpenAPIHono; close(): Promise<void> }> {
  const { config, log, store, queue, comparisons, recommender, imageLinks, images } = context;
  const limiter = await openRateLimiter({ redisUrl: config.redisUrl, ...start });
  const listening = { host: config.host, behindProxy: config.trustedProxies.length > 0 };
  const limits = new ClientLimits(limiter, listening);
  const gate = new Gate({
    access: new Access({ store, signIn: own.signIn, operatorToken }),
    ...listening,
    clientAddress: clientAddressReader(config.trustedProxies),
    corsOrigins: config.corsOrigins,
    limits,
    hashAddress: addressHasher(await signingSecret(config)),
  });
  const app = createApp({
    ...own,
    ...(moreRoutes && { moreRoutes }),
    ...{ gate, limits, log, store, queue, comparisons, recommender, imageLinks, images },
    corsOrigins: config.corsOrigins,
    publicUrl: config.publicUrl,
    modelsDir: modelsDir(config),
    clientDir: existsSync(CLIENT_DIR) ? CLIENT_DIR : null,
  });
  return { app, close: () => limiter.close() };
}
