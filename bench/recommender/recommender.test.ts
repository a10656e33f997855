import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import { readDataset, readTest, writeDataset } from './dataset-folder.ts';
import { magpieEngine } from './engines/engine-process.ts';
import { runBench } from './run-bench.ts';
import { syntheticRatings } from './synthetic-ratings.ts';
import { renderTable } from './table.ts';

const TINY = {
  data: ['tiny'],
  factors: [4],
  seeds: [1],
  threads: [1, 2],
  rounds: 1,
  quick: true,
  large: false,
  software: false,
};

async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-bench-test-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('npm run bench', () => {
  // A dozen processes, one after the other.
  test('measures a tiny set, section by section, and writes what it prints', { timeout: 90_000 }, async () => {
    await inScratch(async (folder) => {
      const out = join(folder, 'bench.json');
      const only = ['sweep', 'convergence', 'top-k', 'growth', 'quality-time'];
      const report = await runBench({ only, peers: false, realData: join(folder, 'nothing'), out, options: TINY });
      expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(report);

      const rows = (section: string) => report.sections[section]!.flatMap((table) => table.rows);
      // However many threads compute, and exactly or not, a sweep comes to the same point.
      const losses = rows('sweep').filter(({ feedback }) => feedback === 'explicit');
      expect(losses.map(({ engine }) => engine)).toEqual(['threads (1), cholesky', 'threads (2), cholesky']);
      expect(new Set(losses.map(({ loss }) => loss)).size).toBe(1);
      const [loose, tight] = rows('convergence') as { ncgIterations: number; ncgLoss: number }[];
      expect(tight!.ncgIterations).toBeGreaterThan(loose!.ncgIterations);
      expect(tight!.ncgLoss).toBeLessThanOrEqual(loose!.ncgLoss);
      expect(rows('top-k')).toHaveLength(2);
      expect(rows('growth')).toMatchObject([{ data: 'tiny', users: 60, items: 40 }]);
      expect(rows('quality-time')).toEqual([]);
      expect(report.notes).toContainEqual(expect.stringContaining('--peers'));
      for (const { peakRssMb } of [...rows('sweep'), ...rows('growth')]) expect(peakRssMb).toBeGreaterThan(10);
    });
  });

  test('leaves out what needs files that are not there, and says so', async () => {
    await inScratch(async (folder) => {
      const { notes, sections } = await runBench({
        only: ['sweep'],
        peers: false,
        realData: join(folder, 'nothing'),
        out: join(folder, 'bench.json'),
        options: { ...TINY, data: ['ml-100k'] },
      });
      expect(sections['sweep']).toEqual([]);
      expect(notes).toContainEqual(expect.stringMatching(/^ml-100k is left out: .*ratings\.csv\.gz does not exist/));
    });
  });

  test('refuses a section that it does not have', async () => {
    const run = runBench({ only: ['speed'], peers: false, realData: '', out: null, options: TINY });
    await expect(run).rejects.toThrow('there is no section "speed"; there are sweep, ');
  });

  test.for([
    [['--only', 'speed'], /^bench: there is no section "speed"; there are sweep, .*\n$/],
    [['--data', 'netflix'], /^bench: there is no dataset "netflix"; there are ml-100k, .*\n$/],
    [['--factors', '999'], /^bench: 999 factors are too many: at most 128\n$/],
    [['--threads', 'x'], /^bench: "x" is no list of whole numbers above 0\n$/],
    [['--rounds'], /^bench: .*--rounds.*\n$/],
    [['--fast'], /^bench: .*--fast.*\n$/],
  ] as const)('tells in one line what is wrong with %j', ([flags, line]) => {
    const script = fileURLToPath(new URL('../recommender.ts', import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...flags], { encoding: 'utf8' });
    expect(stderr).toMatch(line);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});

describe('a dataset folder', () => {
  test('brings back rows and held-out pairs, unknown items after the known ones', async () => {
    await inScratch(async (folder) => {
      const dataset = syntheticRatings({ nUsers: 7, nItems: 9, nnz: 20 });
      const users = Uint32Array.of(0, 1);
      const items = Uint32Array.of(0, 1);
      const values = Float32Array.of(2, 5);
      writeDataset(folder, 'seven', dataset, {
        users: IdMap.of(['u4', 'u2']),
        items: IdMap.of(['new', 'i8']),
        triples: { users, items, values, timestamps: null },
      });
      expect(readDataset(folder).interactions).toEqual(dataset.interactions);
      const { triples } = readTest(folder);
      expect(triples).toEqual({ users: Uint32Array.of(4, 2), items: Uint32Array.of(9, 8), values, timestamps: null });
    });
  });
});

describe('a process that measures', () => {
  test('tells what failed in it', async () => {
    const engine = magpieEngine();
    await expect(engine.call('sweep', {})).rejects.toThrow('nothing is open');
    await engine.close();
  });
});

test('a table shows medians with their spread, and a dash for what is missing', () => {
  const table = {
    title: 'Sweeps',
    rows: [
      { engine: 'threads (1)', seconds: { median: 1.5, least: 1.25, most: 12 }, loss: 1234.5 },
      { engine: 'webgpu', seconds: null, loss: 1234 },
    ],
    columns: [
      { key: 'engine', label: 'engine' },
      { key: 'seconds', label: 's' },
      { key: 'loss', label: 'loss', digits: 5 },
    ],
  };
  expect(renderTable(table)).toBe(
    [
      'Sweeps',
      '─'.repeat(35),
      'engine                    s    loss',
      'threads (1)  1.50 (1.25–12)  1234.5',
      'webgpu                    –    1234',
    ].join('\n'),
  );
});
