/**
 * `npm test`: everything that has to hold before a change lands, part by part, with a table of counts at the end.
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
    command: ['vitest', 'run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${path}`],
    report: { path, read: readVitest },
  };
}

const PARTS: Part[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'dead code', command: ['knip'] },
  vitestPart('node'),
  vitestPart('webgpu'),
  vitestPart('chromium'),
  { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
  {
    name: 'app',
    // A browser on a busy machine: what passes at the second try is listed as flaky, and passes.
    command: ['playwright', 'test', '--retries=1', '--reporter=dot,json'],
    report: { path: playwrightReport, read: readPlaywright },
  },
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

function run(command: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const [program, ...parameters] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program!, parameters, { stdio: 'inherit', env: environment });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
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
const parts = PARTS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
const { chromium } = provide(NEEDS);
const environment = {
  ...process.env,
  CHROMIUM_PATH: chromium,
  PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
};

const rows: (Counts & { name: string; seconds: number })[] = [];
for (const part of parts) {
  console.log(`\n▶ ${part.name}`);
  const startedAt = performance.now();
  const status = await run(part.command, environment);
  const seconds = (performance.now() - startedAt) / 1000;
  rows.push({ name: part.name, seconds, ...(await countsOf(part, status)) });
}
await rm(scratch, { recursive: true });

console.log('\npart              passed  failed  skipped  seconds');
for (const { name, passed, failed, skipped, seconds } of rows) {
  console.log(
    `${name.padEnd(16)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}${seconds.toFixed(1).padStart(9)}`,
  );
}
const sum = (pick: (row: Counts) => number): number => rows.reduce((total, row) => total + pick(row), 0);
const failed = sum((row) => row.failed);
console.log(`\n${sum((row) => row.passed)} passed, ${failed} failed, ${sum((row) => row.skipped)} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
