import { Command, Option } from 'commander';
import { isLoopback } from '../access/loopback.ts';
import { operatorTokenPath } from '../access/operator-token.ts';
import { type Config, readConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { trainFirstModel } from '../serve/first-model.ts';
import { type Role, type RunningServer, serve } from '../serve/serve.ts';
import { printJson } from './output.ts';

interface ServeFlags {
  role: Role;
  demo: boolean;
  tlsCert?: string;
  tlsKey?: string;
  json: boolean;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the API, the app, the workers and the demo shops')
    .addOption(
      new Option('--role <role>', 'what of it this process does').choices(['api', 'worker', 'all']).default('all'),
    )
    .option('--no-demo', 'no demo shops, and no demo catalogue in an empty store')
    .option('--tls-cert <file>', 'serve HTTPS with this certificate (PEM)')
    .option('--tls-key <file>', 'the certificate’s key (PEM)')
    .option('--json', 'print what happens as JSON, one object per line', false)
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(run);
}

const ENVIRONMENT_HELP = `
Environment:
  PORT              where to listen (8787)
  HOST              address to listen on (127.0.0.1)
  MAGPIE_DATA_DIR   folder of the data (./data)
  REDIS_URL         queue and cache in Redis instead of this process
  CACHE_REDIS_URL   the cache in a Redis of its own
  DATABASE_URL      the store in Postgres instead of an SQLite file
  MAGPIE_CONTACT    your mail or web address, told to shops in the User-Agent
  MAGPIE_PROXY_URL  proxy for all requests to shops
  MAGPIE_TRUSTED_PROXIES  reverse proxies whose X-Forwarded-For counts: addresses, ranges, "loopback"
  MAGPIE_CORS_ORIGINS     origins of web pages that may call the API with a key
  MAGPIE_PUBLIC_URL       where clients reach the API, for its document
  MAGPIE_STATUS_PORT      health, readiness and metrics without a token; MAGPIE_STATUS_HOST (127.0.0.1)
  MAGPIE_LOG_LEVEL, MAGPIE_LOG  error, warn, info, debug; json or text`;

/** Only this machine's browser can follow it, so only a server on loopback prints one. */
function signInLink({ url, signIn }: RunningServer, { host }: Config): string | null {
  return url !== null && isLoopback(host) ? `${url}/session/sign-in?code=${signIn.newCode()}` : null;
}

/** What the operator needs to prove who they are: shown at the first start, and where the browser runs on this machine. */
function operatorLines(server: RunningServer, config: Config): string[] {
  const link = signInLink(server, config);
  return [
    ...(link === null ? [] : [`  Sign in    ${link} (as operator, once)`]),
    server.newOperatorToken === null
      ? `  Operator   the token is in ${operatorTokenPath(config.dataDir)}`
      : `  Operator   token ${server.newOperatorToken}, shown once and kept in ${operatorTokenPath(config.dataDir)}`,
  ];
}

async function run(flags: ServeFlags): Promise<void> {
  const startedAt = performance.now();
  const config = readConfig();
  if ((flags.tlsCert === undefined) !== (flags.tlsKey === undefined))
    throw new OperatorError('--tls-cert and --tls-key go together');
  const tls = flags.tlsCert && flags.tlsKey ? { certPath: flags.tlsCert, keyPath: flags.tlsKey } : null;
  const say = (sentence: string): void =>
    flags.json ? printJson({ event: 'progress', message: sentence }) : console.log(sentence);
  const server = await serve(config, { role: flags.role, demo: flags.demo, tls, say });
  stopOnSignal(server);

  if (flags.role !== 'api') await firstModel(server, say);
  const engine = await describeEngine(server);
  const seconds = (performance.now() - startedAt) / 1000;
  if (flags.json) {
    printJson({
      ...{ event: 'ready', url: server.url, engine, data_dir: config.dataDir, seconds },
      ...{ operator_token: server.newOperatorToken, operator_token_file: operatorTokenPath(config.dataDir) },
      sign_in: signInLink(server, config),
    });
    return;
  }
  const { shops } = server.context;
  const nShops = (await shops.current()).enabled.length;
  console.log(
    [
      '',
      `Magpie is ready, after ${seconds.toFixed(1)} s${server.url === null ? ' (worker: it serves no pages)' : `:  ${server.url}`}`,
      ...(server.url === null ? [] : [`  API        ${server.url}/docs`]),
      ...operatorLines(server, config),
      `  Engine     ${engine}`,
      `  Shops      ${nShops} (${flags.demo ? 'the demo’s, and ' : ''}those declared in ${config.dataDir}/shops)`,
      `  Data       ${config.databaseUrl === null ? config.dataDir : `Postgres; models in ${config.dataDir}`}`,
      `  Queue      ${config.redisUrl === null ? 'in this process' : 'Redis'}`,
    ].join('\n'),
  );
}

async function firstModel(server: RunningServer, say: (sentence: string) => void): Promise<void> {
  let said = false;
  await trainFirstModel(server.context, ({ iteration, loss }) => {
    if (!said) say('Training the first model …');
    said = true;
    if (iteration % 5 === 0) say(`  iteration ${iteration}: loss ${loss.toFixed(1)}`);
  }).catch((error: Error) =>
    console.error(`magpie: ${error.message}; popular items are recommended until "magpie train" succeeds`),
  );
}

/** Trainings choose their engine themselves, each in its own process: looking for a GPU takes a driver's worth of memory. */
async function describeEngine({ context }: RunningServer): Promise<string> {
  const { engine, engine_reason: reason } = (await context.store.models.current())?.parameters ?? {};
  if (typeof engine !== 'string') return 'chosen when a training begins';
  return `${engine} trained the current model${typeof reason === 'string' ? ` (${reason})` : ''}; each training chooses anew`;
}

/** A stop that has not come to its end by then is cut off: process managers kill after 10 s by default. */
export const STOP_AT_LATEST_MS = 9_500;

function stopOnSignal(server: RunningServer): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal means: now.
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => {
        console.error('magpie: it did not stop in time, so it ends without waiting for the rest');
        process.exit(1);
      }, STOP_AT_LATEST_MS).unref();
      void server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error('magpie: it could not stop cleanly:', error);
          process.exit(1);
        },
      );
    });
  }
}
