import { Redis, type RedisOptions } from 'ioredis';
import { isConnectionError } from '../connection-errors.ts';
import type { Start } from '../start.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_RECONNECT_DELAY_MS = 500;

/** Without the choice of ioredis 6 to give replies in RESP3's form, which BullMQ does not read. */
type ConnectOptions = Omit<RedisOptions, 'replyMapping'>;

/**
 * Connects, and from then on reconnects by itself; each outage is logged once.
 * @param variable the environment variable that the URL comes from, for messages.
 * @param start.waitMs how long a Redis that cannot be reached now is waited for.
 * @throws when Redis cannot be reached; the message names the address without its password.
 */
export async function connectRedis(
  url: string,
  variable: string,
  { log, waitMs = 0 }: Start,
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
  const name = `Redis at ${new URL(url).host} (${variable})`;
  try {
    await redis.connect();
  } catch (cause) {
    const isAwaited = waitMs > 0 && isOutage(lastError ?? cause);
    if (isAwaited) log.warn(`${name} does not answer yet: ${reasonOf(lastError)}; waiting up to ${waitMs / 1_000} s`);
    if (!isAwaited || !(await isReadyWithin(redis, waitMs))) {
      redis.disconnect();
      throw new Error(`${name} cannot be used: ${reasonOf(lastError ?? cause)}`, { cause });
    }
  }
  let isDown = false;
  redis.on('reconnecting', () => {
    if (!isDown) log.warn(`${name} is gone: ${reasonOf(lastError)}; reconnecting`);
    isDown = true;
  });
  redis.on('ready', () => {
    if (isDown) log.warn(`${name} is back`);
    isDown = false;
    lastError = null;
  });
  return redis;
}

/** It goes on trying by itself. */
async function isReadyWithin(redis: Redis, waitMs: number): Promise<boolean> {
  const ready = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => ready.resolve(false), waitMs);
  redis.once('ready', () => ready.resolve(true));
  const isReady = await ready.promise;
  clearTimeout(timer);
  return isReady;
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
    (isConnectionError(error) ||
      /Connection is closed|Stream isn't writeable|max retries per request|Command timed out/.test(error.message))
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the connection was closed';
}
