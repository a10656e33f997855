import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MAX_FACTORS } from '../../shared/recommender/training/parameters.ts';
import type { Bench, BenchOptions } from './bench.ts';
import { DATASET_NAMES, Datasets } from './datasets.ts';
import { implicitEngine, webGpuEngine } from './engines/engine-process.ts';
import { pythonWithImplicit } from './engines/python-environment.ts';
import { describeMachine, type Machine } from './machine.ts';
import { SECTIONS } from './sections/index.ts';
import { type Row, renderTable } from './table.ts';
import { UsageError } from './usage-error.ts';

/** A folder that git ignores. */
const CACHE = fileURLToPath(new URL('../../.cache/bench', import.meta.url));

export interface BenchRun {
  /** Names of sections; null runs all. */
  only: readonly string[] | null;
  /** Beside `implicit`. */
  peers: boolean;
  /** Folder that holds `interactions/`. */
  realData: string;
  /** The JSON file; null takes one in the cache folder. */
  out: string | null;
  options: BenchOptions;
}

/** What the JSON file holds; times are in seconds, medians with the least and the most. */
export interface BenchReport {
  startedAt: string;
  machine: Machine;
  /** The GPU that was measured. */
  adapter: string | null;
  /** Versions of the peer and what it stands on. */
  peer: Record<string, string> | null;
  options: BenchOptions;
  notes: string[];
  sections: Record<string, { title: string; rows: readonly Row[] }[]>;
}

/**
 * Runs sections one after the other, prints their tables, and writes everything into one JSON file.
 * @throws UsageError for a section or dataset that there is not, before anything is measured
 */
export async function runBench({ only, peers, realData, out, options }: BenchRun): Promise<BenchReport> {
  checkNames(
    'section',
    only,
    SECTIONS.map(({ name }) => name),
  );
  checkNames('dataset', options.data, DATASET_NAMES);
  const tooMany = options.factors?.find((factors) => factors > MAX_FACTORS);
  if (tooMany !== undefined) throw new UsageError(`${tooMany} factors are too many: at most ${MAX_FACTORS}`);

  const notes: string[] = [];
  const note = (text: string): void => {
    clearProgress();
    console.log(`(${text})`);
    notes.push(text);
  };
  const scratch = await mkdtemp(join(tmpdir(), 'magpie-bench-'));
  try {
    const python = peers ? await peerPython(note) : null;
    const bench: Bench = {
      options,
      datasets: new Datasets(join(scratch, 'data'), realData, note),
      scratch,
      python,
      adapter: await adapterToMeasure(options.software, note),
      progress,
      note,
    };
    const report: BenchReport = {
      startedAt: new Date().toISOString(),
      machine: await describeMachine(),
      adapter: bench.adapter,
      peer: python === null ? null : await peerVersions(python),
      options,
      notes,
      sections: {},
    };
    tellMachine(report);
    for (const section of SECTIONS.filter(({ name }) => only === null || only.includes(name))) {
      const tables: { title: string; rows: readonly Row[] }[] = [];
      report.sections[section.name] = tables;
      for await (const table of section.run(bench)) {
        clearProgress();
        console.log(`\n${renderTable(table)}`);
        tables.push({ title: table.title, rows: table.rows });
      }
    }
    clearProgress();
    const path = out ?? join(CACHE, 'recommender.json');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`\nwritten to ${path}`);
    return report;
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function checkNames(kind: string, asked: readonly string[] | null, known: readonly string[]): void {
  const unknown = asked?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`there is no ${kind} "${unknown}"; there are ${known.join(', ')}`);
}

async function peerPython(note: (text: string) => void): Promise<string | null> {
  progress('installing implicit, if it is not there yet');
  try {
    return await pythonWithImplicit(CACHE);
  } catch (error) {
    note(`without implicit: ${(error as Error).message}`);
    return null;
  }
}

async function peerVersions(python: string): Promise<Record<string, string>> {
  const engine = implicitEngine(python);
  try {
    return await engine.call('versions', {});
  } finally {
    await engine.close();
  }
}

/** The adapter's name, or null where there is no GPU, or only a software one that was not asked for. */
async function adapterToMeasure(software: boolean, note: (text: string) => void): Promise<string | null> {
  const engine = webGpuEngine(software);
  try {
    const { name, isSoftware } = await engine.call('adapter', {});
    if (!isSoftware || software) return name;
    note(`without webgpu: ${name} is a processor that poses as a GPU; --software measures it all the same`);
  } catch (error) {
    note(`without webgpu: ${(error as Error).message}`);
  } finally {
    await engine.close();
  }
  return null;
}

function tellMachine({ machine, adapter, peer, startedAt }: BenchReport): void {
  const { processor, cores, memoryGb, system, node, webgpu, commit } = machine;
  const peers = Object.entries(peer ?? {}).map(([name, version]) => `${name} ${version}`);
  console.log(`${processor}, ${cores} cores, ${memoryGb} GB, ${system}; GPU: ${adapter ?? 'none'}`);
  console.log([`node ${node}`, `webgpu ${webgpu}`, ...peers, `commit ${commit}`, startedAt].join(', '));
}

/** On a terminal one line that is overwritten, elsewhere a line each. */
function progress(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `  ${text}\n`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
}
