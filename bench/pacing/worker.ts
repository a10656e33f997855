import { subscribe } from 'node:diagnostics_channel';
import { COMPARE_JOB } from '../../server/comparison/job.ts';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';

/** A request as it leaves the process: when, by the clock that all processes of the machine share. */
export interface SentRequest {
  origin: string;
  path: string;
  atMs: number;
}

/** As undici tells of the headers that it has just written to a socket. */
interface SendHeadersMessage {
  request: { origin: string; path: string };
}

/**
 * A worker process of `bench/pacing.ts`, configured by its environment: `node worker.ts CONCURRENCY`, forked. Asked by a
 * message, it tells what it has sent.
 */
const sent: SentRequest[] = [];
subscribe('undici:client:sendHeaders', (message) => {
  const { request } = message as SendHeadersMessage;
  sent.push({ origin: request.origin, path: request.path, atMs: performance.timeOrigin + performance.now() });
});
const context = await openContext(readConfig());
context.queue.work(COMPARE_JOB, context.comparisons.handler(), { concurrency: Number(process.argv[2]) });
process.on('message', () => process.send?.(sent));
process.on('disconnect', async () => {
  await context.close(0);
  process.exit();
});
process.send?.('ready');
