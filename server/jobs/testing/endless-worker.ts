import { silentLog } from '../../testing/test-log.ts';
import { openJobQueue } from '../open-job-queue.ts';

/** Takes jobs named `greet` and never finishes one: forked by the tests, to be killed. */
const queue = await openJobQueue({ ...JSON.parse(process.argv[2] ?? ''), log: silentLog });
queue.work('greet', async (job) => {
  await job.emit('started', {});
  await new Promise(() => {});
});
