import { readConfig } from '../../config.ts';
import { openContext } from '../../context.ts';
import { COMPARE_JOB } from '../job.ts';

/** A worker process of `two-processes.test.ts`, configured by its environment: makes comparisons until its parent leaves. */
const context = await openContext(readConfig());
context.queue.work(COMPARE_JOB, context.comparisons.handler(), { concurrency: 1 });
process.on('disconnect', async () => {
  await context.close(0);
  process.exit();
});
process.send?.('ready');
