import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import type { ModelRecord } from '../store/store.ts';
import { printJson, printLine } from './output.ts';
import { withStore } from './with-store.ts';

export function modelsCommand(): Command {
  const models = new Command('models').description('the registry of trained models');
  models
    .command('list')
    .description('all models, newest first')
    .option('--json', 'one object per line', false)
    .action((flags: { json: boolean }) =>
      withStore(readConfig(), async (store) => {
        const all = await store.models.list();
        if (flags.json) for (const model of all) printJson(toJson(model));
        else if (all.length === 0) printLine('There is no model yet: "magpie train" makes one.');
        else for (const model of all) printLine(describe(model));
      }),
    );
  models
    .command('promote')
    .description('make this model the one that answers')
    .argument('<version>')
    .action((version: string) =>
      withStore(readConfig(), async (store) => {
        if (!(await store.models.list()).some((model) => model.version === version)) {
          throw new OperatorError(`there is no model ${version}: "magpie models list" shows them`);
        }
        await store.models.promote(version);
        printLine(`${version} answers now`);
      }),
    );
  models
    .command('rollback')
    .description('go back to the model before the current one')
    .action(() =>
      withStore(readConfig(), async (store) => {
        const all = await store.models.list();
        const current = all.findIndex((model) => model.isCurrent);
        const before = all[current + 1];
        if (current < 0 || before === undefined)
          throw new OperatorError('there is no model before the current one to go back to');
        await store.models.promote(before.version);
        printLine(`${before.version} answers now`);
      }),
    );
  return models;
}

function toJson({ version, createdAt, isCurrent, parameters }: ModelRecord): Record<string, unknown> {
  return { version, created_at: createdAt.toISOString(), current: isCurrent, parameters };
}

function describe({ version, createdAt, isCurrent, parameters }: ModelRecord): string {
  const { algorithm, factors, loss, engine } = parameters;
  return `${isCurrent ? '→' : ' '} ${version}  ${createdAt.toISOString()}  ${algorithm}, ${factors} factors, loss ${Number(loss).toFixed(1)}, ${engine}`;
}
