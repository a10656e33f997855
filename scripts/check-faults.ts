/**
 * `npm run check:faults`: what people see of a server whose disk, files, clock or means are at fault.
 *
 *   node scripts/check-faults.ts [--only heap]
 *
 * A real `magpie serve` on embedded defaults under each fault. Every answer has a documented status and a sentence, the
 * process lives on or ends with one, and no event that was acknowledged is lost. The clock is shifted inside the process,
 * by a preload; a full and a read-only disk are a tmpfs, which needs the right to mount. Takes about two minutes.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FaultyServer } from './check-faults/faulty-server.ts';
import { fewDescriptors, smallHeap, wrongClock } from './check-faults/process-faults.ts';
import { damagedDatabase, damagedModel, fullThenReadOnly } from './check-faults/storage-faults.ts';
import { FaultReport } from './check-faults/table.ts';

const NAMES = {
  full: 'disk full',
  readOnly: 'folder read-only',
  database: 'database damaged in the middle',
  truncated: 'model truncated',
  flipped: 'one bit of a model flipped',
  clock: 'clock 400 days ahead, then back',
  descriptors: '64 descriptors',
  heap: '96 MB heap',
};
type Name = keyof typeof NAMES;

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const folder = await mkdtemp(join(tmpdir(), 'magpie-faults-'));
const reports = new Map<Name, FaultReport>();
const isWanted = (...names: Name[]): boolean => values.only === undefined || names.some((name) => name === values.only);
const reportOf = (name: Name): FaultReport => {
  const report = reports.get(name) ?? new FaultReport();
  reports.set(name, report);
  return report;
};

try {
  if (isWanted('full', 'readOnly')) await fullThenReadOnly(folder, reportOf('full'), reportOf('readOnly'));
  if (isWanted('database')) await damagedDatabase(folder, reportOf('database'));
  if (isWanted('clock')) await wrongClock(join(folder, 'clock'), reportOf('clock'));
  if (isWanted('descriptors')) await fewDescriptors(join(folder, 'descriptors'), reportOf('descriptors'));
  if (isWanted('truncated', 'flipped', 'heap')) {
    const trained = join(folder, 'trained');
    await (await FaultyServer.start({ dataDir: trained, demo: true })).stop();
    for (const how of ['truncated', 'flipped'] as const) {
      if (isWanted(how)) await damagedModel(trained, join(folder, how), how, reportOf(how));
    }
    if (isWanted('heap')) await smallHeap(trained, join(folder, 'heap'), reportOf('heap'));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

let nWrong = 0;
for (const [name, { rows, wrong }] of reports) {
  console.log(`\n${NAMES[name]}`);
  for (const [asked, seen] of rows) console.log(`  ${asked.padEnd(40)} ${seen}`);
  for (const sentence of wrong) console.error(`  fault: ${sentence}`);
  nWrong += wrong.length;
}
console.log(nWrong === 0 ? '\nNothing acknowledged is lost, and each fault is said.' : `\n${nWrong} faults.`);
process.exitCode = nWrong === 0 ? 0 : 1;
