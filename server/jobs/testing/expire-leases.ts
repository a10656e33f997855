import { connectRedis } from '../../redis/connect-redis.ts';
import { silentLog } from '../../testing/test-log.ts';
import { PREFIX } from '../bullmq/queues.ts';

export interface Location {
  dataDir: string;
  databaseUrl: string | null;
  redisUrl: string | null;
}

/**
 * Half a minute later for BullMQ: its lock on the job, which a dead worker no longer renews, is gone. The local queue
 * sees by itself that a process of this machine has ended.
 */
export async function expireLeases({ redisUrl }: Location, jobId: string): Promise<void> {
  if (redisUrl === null) return;
  const redis = await connectRedis(redisUrl, 'REDIS_URL', { log: silentLog });
  await redis.del(`${PREFIX}:greet:${jobId}:lock`);
  redis.disconnect();
}
