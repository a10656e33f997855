/**
 * `npm run check:crash`: nothing that clients were promised is lost, doubled or stuck, whatever dies.
 *
 *   node scripts/check-crash.ts [--kills 50] [--seed 1] [--only embedded|cluster]
 *
 * Clients write events, ask for comparisons and start trainings all the while. First a server on embedded defaults is killed
 * 50 times at random; then two APIs and three workers on Redis and Postgres are, in turn, with Redis killed, stopped, frozen
 * and out of memory, and Postgres restarted. Takes about ten minutes.
 */
import { parseArgs } from 'node:util';
import { crashCluster } from './check-crash/cluster.ts';
import { crashEmbedded } from './check-crash/embedded.ts';
import { provide } from './provide.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
/** Of faults. */
const MAX_SHOWN = 40;

provide(['redis', 'postgres']);
const seed = Number(values.seed);
const say = (sentence: string): void => console.log(`  ${sentence}`);
const checks = {
  embedded: () => crashEmbedded({ nKills: Number(values.kills), seed, say }),
  cluster: () => crashCluster({ seed, say }),
};
let nFaults = 0;
for (const [name, check] of Object.entries(checks)) {
  if (values.only !== undefined && values.only !== name) continue;
  console.log(`▶ ${name}, seed ${seed}`);
  const { summary, faults } = await check();
  console.log(`  ${summary}`);
  for (const fault of [...new Set(faults)].slice(0, MAX_SHOWN)) console.error(`  fault: ${fault}`);
  nFaults += faults.length;
}
console.log(nFaults === 0 ? 'Nothing lost, nothing stuck.' : `${nFaults} faults.`);
process.exitCode = nFaults === 0 ? 0 : 1;
