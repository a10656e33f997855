import { COMPARE_JOB } from '../../server/comparison/job.ts';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';

/** A worker process of `bench/pacing.ts`, configured by its environment: `node worker.ts CONCURRENCY`, forked. */
const context = await openContext(readConfig());
context.queue.work(COMPARE_JOB, context.comparisons.handler(), { concurrency: Number(process.argv[2]) });
process.on('disconnect', async () => {
  await context.close(0);
  process.exit();
});
process.send?.('ready');
