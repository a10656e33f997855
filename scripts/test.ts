/**
 * `npm test`: everything that has to hold before a change lands, with a table of counts at the end. What a part printed
 * is shown when it has ended, because some parts run side by side.
 *
 * `npm test -- node` runs only the parts whose names begin with one of the words.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEEDS, provide } from './provide.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Part {
  name: string;
  command: string[];
  /** Reads the counts from the report that the command wrote; a part without one counts as one test. */
  report?: { path: string; read(json: unknown): Counts };
}

const scratch = await mkdtemp(join(tmpdir(), 'magpie-test-'));
const playwrightReport = join(scratch, 'playwright.json');

function vitestPart(project: string): Part {
  const path = join(scratch, `${project}.json`);
  return {
    name: project,
    command: [
      ...['vitest', 'run', '--project', project, '--silent=passed-only'],
      ...['--reporter=dot', '--reporter=json', `--outputFile.json=${path}`],
    ],
    report: { path, read: readVitest },
  };
}

/**
 * Stages run one after the other, the lanes of a stage side by side, the parts of a lane one after the other. The tests in
 * Node wait a lot, for servers, timers and processes, and leave room for parts that only compute; beside the app they take
 * longer than both one after the other. A software GPU takes all cores for itself: beside the app it takes four times as
 * long, and is taken for one that does not answer.
 */
const STAGES: Part[][][] = [
  [
    [vitestPart('node')],
    [
      { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
      { name: 'types', command: ['tsc', '-b'] },
      { name: 'dead code', command: ['knip'] },
      { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
      vitestPart('chromium'),
    ],
  ],
  [[vitestPart('webgpu')]],
  [
    [
      {
        name: 'app',
        // A browser on a busy machine: what passes at the second try is listed as flaky, and passes.
        command: ['playwright', 'test', '--retries=1', '--reporter=dot,json'],
        report: { path: playwrightReport, read: readPlaywright },
      },
    ],
  ],
];

function readVitest(json: unknown): Counts {
  const report = json as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
    numPendingTests: number;
  };
  // A file that fails to load has no failed test, but it is a failure.
  const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
}

function readPlaywright(json: unknown): Counts {
  const { stats } = json as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** @returns the exit status, and all that was printed. */
function run(command: string[], environment: NodeJS.ProcessEnv): Promise<{ status: number; output: string }> {
  const [program, ...parameters] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program!, parameters, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ status: code ?? 1, output }));
  });
}

async function countsOf(part: Part, status: number): Promise<Counts> {
  const whole = { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  if (part.report === undefined) return whole;
  const text = await readFile(part.report.path, 'utf8').catch(() => null);
  if (text === null) return whole;
  const counts = part.report.read(JSON.parse(text));
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const wanted = process.argv.slice(2);
const isWanted = ({ name }: Part): boolean => wanted.length === 0 || wanted.some((word) => name.startsWith(word));
const { chromium } = provide(NEEDS);
const egressLog = join(scratch, 'egress.log');
const { FORCE_COLOR: _, NODE_OPTIONS: nodeOptions = '', ...inherited } = process.env;
const environment = {
  ...inherited,
  CHROMIUM_PATH: chromium,
  PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
  NODE_OPTIONS: `${nodeOptions} --import ${new URL('./loopback-only.ts', import.meta.url).href}`,
  MAGPIE_TEST_EGRESS_LOG: egressLog,
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
};

const rows: (Counts & { name: string; seconds: number })[] = [];

async function runPart(part: Part): Promise<void> {
  const startedAt = performance.now();
  const { status, output } = await run(part.command, environment);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(['', `▶ ${part.name}`, output.trim()].filter((line, index) => index === 0 || line !== '').join('\n'));
  rows.push({ name: part.name, seconds, ...(await countsOf(part, status)) });
}

const startedAt = performance.now();
for (const lanes of STAGES) {
  const names = lanes.flat().filter(isWanted);
  if (names.length > 0) console.log(`\nrunning ${names.map(({ name }) => name).join(', ')} …`);
  await Promise.all(
    lanes.map(async (lane) => {
      for (const part of lane.filter(isWanted)) await runPart(part);
    }),
  );
}
rows.push({ name: 'no other machine', seconds: 0, ...(await countEgress()) });
await rm(scratch, { recursive: true });

/** One test: that no process asked for an address but this machine's. */
async function countEgress(): Promise<Counts> {
  const attempts = (await readFile(egressLog, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  for (const attempt of new Set(attempts)) console.error(`a process asked for another machine: ${attempt}`);
  return { passed: attempts.length === 0 ? 1 : 0, failed: attempts.length === 0 ? 0 : 1, skipped: 0 };
}

console.log('\npart               passed  failed  skipped  seconds');
for (const { name, passed, failed, skipped, seconds } of rows) {
  console.log(
    `${name.padEnd(17)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}${seconds.toFixed(1).padStart(9)}`,
  );
}
const sum = (pick: (row: Counts) => number): number => rows.reduce((total, row) => total + pick(row), 0);
const failed = sum((row) => row.failed);
const minutes = (performance.now() - startedAt) / 60_000;
console.log(
  `\n${sum((row) => row.passed)} passed, ${failed} failed, ${sum((row) => row.skipped)} skipped in ${minutes.toFixed(1)} minutes`,
);
process.exitCode = failed === 0 ? 0 : 1;
