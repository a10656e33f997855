/**
 * `npm run check:sync`: two devices and a server have the same in the end, whatever happens between.
 *
 *   node scripts/check-sync.ts [--schedules 2000] [--seed 1] [--path PATH]
 *
 * The app's own code on a real IndexedDB in memory, against the API on SQLite, in this process. Devices rate, view, buy, watch,
 * send and pull; requests and answers are lost, doubled and late, pages are killed between two writes, disks are full, clocks are
 * days off, sync goes off and on, the server restarts and goes back to a backup. A failure prints the shortest schedule that
 * shows it, with the seed and path that repeat it.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { openServer } from './check-sync/page/open-server.ts';
import { runSchedule } from './check-sync/page/run-schedule.ts';
import { schedules } from './check-sync/schedule.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    path: { type: 'string' },
  },
});
const PROGRESS_EVERY = 100;

const nSchedules = Number(values.schedules);
const seed = Number(values.seed);
const server = await openServer();
console.log(`▶ ${nSchedules} schedules, seed ${seed}`);
const startedAt = performance.now();
let nRun = 0;
const result = await fc.check(
  fc.asyncProperty(schedules, async (steps) => {
    await runSchedule(server, steps);
    nRun += 1;
    if (nRun % PROGRESS_EVERY === 0) console.log(`  ${nRun} in ${seconds()} s`);
  }),
  { numRuns: nSchedules, seed, ...(values.path !== undefined && { path: values.path }) },
);
await server.close();
if (result.failed) {
  console.error(`${result.errorInstance instanceof Error ? result.errorInstance.stack : result.errorInstance}`);
  for (const step of result.counterexample?.[0] ?? []) console.error(`  ${JSON.stringify(step)}`);
  console.error(`To repeat it: --seed ${result.seed} --path ${result.counterexamplePath}`);
} else console.log(`All ${result.numRuns} schedules ended equal, in ${seconds()} s.`);
process.exit(result.failed ? 1 : 0);

function seconds(): string {
  return ((performance.now() - startedAt) / 1000).toFixed(0);
}
