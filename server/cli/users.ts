import { createWriteStream } from 'node:fs';
import { stderr, stdin } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { type AppContext, openContext } from '../context.ts';
import { OperatorError } from '../operator-error.ts';
import { deleteShopper } from '../people/delete-shopper.ts';
import { exportShopper } from '../people/export-shopper.ts';
import { modelsDir } from '../training/register-model.ts';
import { printJson, printLine } from './output.ts';
import { progressBar } from './progress.ts';

/** `magpie users`: what a shopper may ask of the operator, beside a running server or without one. */
export function usersCommand(): Command {
  return new Command('users')
    .description("a shopper's own data: hand it out, or delete it")
    .addCommand(exportCommand())
    .addCommand(deleteCommand());
}

function exportCommand(): Command {
  return new Command('export')
    .description('write all that is kept of a shopper as one JSON document, as GET /me/export gives it')
    .argument('<id>')
    .option('--out <file>', 'where to; - is the standard output', '-')
    .action((id: string, { out }: { out: string }) =>
      withContext(async ({ store, queue }) => {
        await requireKnown(store, id);
        const pieces = Readable.from(exportShopper({ store, queue }, id));
        if (out === '-') return pipeline(pieces, process.stdout, { end: false });
        // A person's data: for the operator's own eyes, and never in place of another file.
        await pipeline(pieces, createWriteStream(out, { mode: 0o600, flags: 'wx' })).catch((cause: Error) => {
          throw new OperatorError(`${out} cannot be written: ${cause.message}`, { cause });
        });
        process.stderr.write(`${out} holds all that is kept of shopper ${id}\n`);
      }),
    );
}

function deleteCommand(): Command {
  return new Command('delete')
    .description('delete all that is kept of a shopper, for good; what comes of them later is refused')
    .argument('<id>')
    .option('--yes', 'do not ask first', false)
    .option('--json', 'print the receipt of DELETE /me', false)
    .action((id: string, flags: { yes: boolean; json: boolean }) =>
      withContext(async (context) => {
        const { store, queue, config } = context;
        if (!flags.yes) await confirm(id, await store.shoppers.countEvents(id));
        const bar = progressBar('deleting', 'events');
        const receipt = await deleteShopper({ store, queue, modelsDir: modelsDir(config) }, id, {
          onProgress: bar.update,
        }).finally(() => bar.stop());
        if (flags.json) return printJson(receipt);
        const { events, watches, devices, recommendation_jobs, models } = receipt.deleted;
        printLine(
          `Shopper ${id} is deleted: ${events} events, ${watches} watches, ${devices} devices, ${recommendation_jobs} recommendation jobs, factors in ${models} models.\nReceipt ${receipt.receipt_id} of ${receipt.deleted_at}. Backups are yours to delete.`,
        );
      }),
    );
}

/** @throws OperatorError where nothing is kept of the shopper: the id is most likely mistyped. */
async function requireKnown(store: AppContext['store'], id: string): Promise<void> {
  const [nEvents, watches, device] = await Promise.all([
    store.shoppers.countEvents(id),
    store.watches.ofUser(id),
    store.shoppers.device(id),
  ]);
  if (nEvents > 0 || watches.length > 0 || device !== null) return;
  throw new OperatorError(`nothing is kept of a shopper "${id}"`);
}

async function confirm(id: string, nEvents: number): Promise<void> {
  if (!stdin.isTTY) throw new OperatorError('deleting is for good: say --yes where no one can be asked');
  const question = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await question.question(`Delete shopper ${id} with ${nEvents} events, for good? Type yes: `);
    if (answer.trim().toLowerCase() !== 'yes') throw new OperatorError('nothing was deleted');
  } finally {
    question.close();
  }
}

async function withContext(work: (context: AppContext) => Promise<void>): Promise<void> {
  const context = await openContext(readConfig());
  try {
    await work(context);
  } finally {
    await context.close();
  }
}
