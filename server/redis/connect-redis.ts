import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../logging/log.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_RECONNECT_DELAY_MS = 500;

/** Without the choice of ioredis 6 to give replies in RESP3's form, which BullMQ does not read. */
type ConnectOptions = Omit<RedisOptions, 'replyMapping'>;

/**
 * Connects, and from then on reconnects by itself; each outage is logged once.
 * @param variable the environment variable that the URL comes from, for messages.
 * @throws when Redis cannot be reached now; the message names the address without its password.
 */
export async function connectRedis(
  url: string,
  variable: string,
  log: Log,
  options: ConnectOptions = {},
): Promise<Redis> {
  const connectionOptions: ConnectOptions & { replyMapping?: 'legacy' } = {
    ...options,
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, MAX_RECONNECT_DELAY_MS),
  };
  const redis = new Redis(url, connectionOptions);
  let lastError: Error | null = null;
  redis.on('error', (error: Error) => {
    lastError = error;
  });
  const address = new URL(url).host;
  try {
    await redis.connect();
  } catch (cause) {
    redis.disconnect();
    const reason = lastError ?? cause;
    throw new Error(`Redis at ${address} (${variable}) cannot be used: ${reasonOf(reason)}`, { cause });
  }
  let isDown = false;
  redis.on('reconnecting', () => {
    if (!isDown) log.warn(`Redis at ${address} (${variable}) is gone: ${reasonOf(lastError)}; reconnecting`);
    isDown = true;
  });
  redis.on('ready', () => {
    if (isDown) log.warn(`Redis at ${address} (${variable}) is back`);
    isDown = false;
    lastError = null;
  });
  return redis;
}

/** A further connection to the same Redis; the first one reports an outage. */
export function furtherConnection(redis: Redis, options: ConnectOptions = {}): Redis {
  const further = redis.duplicate(options);
  further.on('error', () => {});
  return further;
}

/** Whether an error says no more than that the connection is away for now. */
export function isOutage(error: unknown): boolean {
  return (
    error instanceof Error &&
    (('code' in error && OUTAGE_CODES.has(error.code)) ||
      /Connection is closed|Stream isn't writeable|max retries per request/.test(error.message))
  );
}

const OUTAGE_CODES = new Set<unknown>([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the connection was closed';
}
