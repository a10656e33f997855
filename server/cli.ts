#!/usr/bin/env node
import './compile-cache.ts';
import { Command, CommanderError } from 'commander';
import { tellLine } from './cli/output.ts';
import { saysDamaged } from './database/database.ts';
import { OperatorError } from './operator-error.ts';
import { StoreFullError } from './store/store.ts';
import { UNAVAILABLE_EXIT_CODE, UnavailableError } from './unavailable-error.ts';

/**
 * Every command, by name: its module is loaded only when it is asked for (or for the general help), so that
 * `magpie parse-price` does not wait for Redis clients and compute engines.
 */
const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand(),
  import: async () => (await import('./cli/import.ts')).importCommand(),
  train: async () => (await import('./cli/train.ts')).trainCommand(),
  evaluate: async () => (await import('./cli/evaluate.ts')).evaluateCommand(),
  recommend: async () => (await import('./cli/recommend.ts')).recommendCommand(),
  compare: async () => (await import('./cli/compare.ts')).compareCommand(),
  extract: async () => (await import('./cli/extract.ts')).extractCommand(),
  'parse-price': async () => (await import('./cli/parse-price.ts')).parsePriceCommand(),
  'check-url': async () => (await import('./cli/check-url.ts')).checkUrlCommand(),
  'check-robots': async () => (await import('./cli/check-robots.ts')).checkRobotsCommand(),
  match: async () => (await import('./cli/match.ts')).matchCommand(),
  shops: async () => (await import('./cli/shops.ts')).shopsCommand(),
  models: async () => (await import('./cli/models.ts')).modelsCommand(),
  jobs: async () => (await import('./cli/jobs.ts')).jobsCommand(),
  keys: async () => (await import('./cli/keys.ts')).keysCommand(),
  backup: async () => (await import('./cli/backup.ts')).backupCommand(),
  restore: async () => (await import('./cli/backup.ts')).restoreCommand(),
  users: async () => (await import('./cli/users.ts')).usersCommand(),
  secrets: async () => (await import('./cli/secrets.ts')).secretsCommand(),
};

async function run(argv: string[]): Promise<void> {
  const program = new Command('magpie')
    .description('Recommendations trained on your own machine, prices compared across shops.')
    .version('0.1.0')
    .showHelpAfterError('("--help" shows what there is)');
  const asked = COMMANDS[argv[0] ?? ''];
  const commands = asked === undefined ? Object.values(COMMANDS) : [asked];
  for (const load of commands) program.addCommand(await load());
  for (const command of allCommands(program)) command.exitOverride();
  await program.parseAsync(argv, { from: 'user' });
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => allCommands(child))];
}

/** The sentence of an error that is meant for people; null for a fault of ours. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof OperatorError || error instanceof StoreFullError || error instanceof UnavailableError)
    return error.message;
  if (saysDamaged(error)) {
    return 'the database file is damaged, as by a failing disk: stop the server, keep a copy of the data folder, and restore the last backup';
  }
  if (error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR') {
    return `the database could not be used (${error.message}): is its disk full, or read-only?`;
  }
  return null;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has enough (`magpie … | head`) is no fault; a full disk is one.
  if (error.code !== 'EPIPE') console.error(`magpie: the output could not be written: ${error.message}`);
  process.exit(error.code === 'EPIPE' ? (process.exitCode ?? 0) : 1);
});

try {
  await run(process.argv.slice(2));
} catch (error) {
  // commander has printed its own message.
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    const sentence = sentenceOf(error);
    if (sentence === null) console.error('magpie: something went wrong that should not:', error);
    else tellLine(`magpie: ${sentence}`);
    process.exitCode = error instanceof UnavailableError ? UNAVAILABLE_EXIT_CODE : 1;
  }
}
