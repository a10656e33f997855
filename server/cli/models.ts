import { Command } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { modelFileProblem, promoteModel, rollBackModel } from '../recommendations/model-files.ts';
import type { ModelRecord, Store } from '../store/store.ts';
import { modelsDir } from '../training/register-model.ts';
import { printJson, printLine } from './output.ts';
import { withStore } from './with-store.ts';

export function modelsCommand(): Command {
  const models = new Command('models').description('the registry of trained models');
  models
    .command('list')
    .description('all models, newest first; → marks the current one')
    .option('--json', 'one object per line', false)
    .action((flags: { json: boolean }) => withRegistry((store, folder) => list(store, folder, flags.json)));
  models
    .command('promote')
    .description('make this model the one that answers')
    .argument('<version>')
    .action((version: string) =>
      withRegistry(async (store, folder) => {
        await promoteModel(store, folder, version);
        printLine(`${version} answers now`);
      }),
    );
  models
    .command('rollback')
    .description('go back to the model that answered before the current one')
    .action(() =>
      withRegistry(async (store, folder) => printLine(`${await rollBackModel(store, folder)} answers now`)),
    );
  return models;
}

function withRegistry(work: (store: Store, modelsFolder: string) => Promise<void>): Promise<void> {
  const config: Config = readConfig();
  return withStore(config, (store) => work(store, modelsDir(config)));
}

async function list(store: Store, folder: string, asJson: boolean): Promise<void> {
  const all: { model: ModelRecord; problem: string | null }[] = [];
  for (const model of await store.models.list()) all.push({ model, problem: await modelFileProblem(folder, model) });
  if (asJson) {
    for (const { model, problem } of all) printJson(toJson(model, problem));
    return;
  }
  if (all.length === 0) {
    printLine('There is no model yet: "magpie train" makes one.');
    return;
  }
  for (const line of aligned([HEADINGS, ...all.map(({ model, problem }) => cells(model, problem))])) printLine(line);
  for (const { model, problem } of all) {
    if (problem !== null) printLine(`${model.version} cannot answer: ${problem}`);
  }
  if (all.some(({ model, problem }) => model.isCurrent && problem !== null)) {
    printLine('The current model cannot answer, so servers go on with an earlier one, or recommend what is popular.');
  }
}

function toJson({ version, createdAt, isCurrent, parameters }: ModelRecord, problem: string | null): object {
  return { version, created_at: createdAt.toISOString(), current: isCurrent, problem, parameters };
}

const HEADINGS = ['', 'version', 'made', 'file', 'feedback', 'factors', 'validation', 'loss', 'engine'];

function cells({ version, createdAt, isCurrent, parameters }: ModelRecord, problem: string | null): string[] {
  const { feedback, factors, validation, loss, engine } = parameters;
  const shown = (value: unknown): string => (value === undefined || value === null ? '–' : String(value));
  return [
    isCurrent ? '→' : '',
    version,
    `${createdAt.toISOString().slice(0, 16).replace('T', ' ')}Z`,
    problem === null ? 'whole' : problem === 'its file is missing' ? 'missing' : 'damaged',
    shown(feedback),
    shown(factors),
    isScore(validation) ? `${validation.metric} ${validation.score.toFixed(4)}` : '–',
    typeof loss === 'number' ? loss.toFixed(1) : '–',
    shown(engine),
  ];
}

function isScore(value: unknown): value is { metric: string; score: number } {
  if (typeof value !== 'object' || value === null || !('metric' in value) || !('score' in value)) return false;
  return typeof value.metric === 'string' && typeof value.score === 'number';
}

/** Rows of a table as lines, each column as wide as its widest cell. */
function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
