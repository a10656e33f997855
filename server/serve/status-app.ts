import { Hono } from 'hono';
import { isLoopback } from '../access/loopback.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ReadinessCheck } from '../readiness/readiness-check.ts';

export interface StatusParts {
  /** What it listens on. */
  host: string;
  metrics: Metrics;
  readiness: ReadinessCheck;
  /** Aborted when the server begins to stop. */
  closing: AbortSignal;
}

/** What MAGPIE_STATUS_PORT serves, without a credential: health, readiness and metrics, of workers too. */
export function statusApp({ host, metrics, readiness, closing }: StatusParts): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    // As the API does: a page on the web must not reach a loopback server by DNS rebinding.
    const asked = (c.req.header('host') ?? '').replace(/:\d+$/, '');
    if (isLoopback(host) && !isLoopback(asked)) return c.text('This host name is not served here.', 421);
    return next();
  });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const body = await readiness.check(closing.aborted);
    return c.json(body, body.status === 'ok' ? 200 : 503);
  });
  app.get('/metrics', async (c) => c.text(await metrics.text(), 200, { 'content-type': metrics.contentType }));
  return app;
}
