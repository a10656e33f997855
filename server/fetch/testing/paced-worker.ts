import { silentLog } from '../../testing/test-log.ts';
import { openFetcher } from '../open-fetcher.ts';

/** A worker process of `two-processes.test.ts`: asks a shop for pages as fast as it may, then ends. */
const [origin = '', redisUrl = '', minDelayMs = '0', ...paths] = process.argv.slice(2);
const fetcher = await openFetcher({
  redisUrl,
  log: silentLog,
  allowedOrigins: [],
  openOrigins: [origin],
  contact: null,
  proxyUrl: null,
  chromium: { path: null, sandbox: true },
});
await Promise.all(
  paths.map((path) => fetcher.fetch(origin + path, { purpose: 'api', minDelayMs: Number(minDelayMs) })),
);
await fetcher.close();
