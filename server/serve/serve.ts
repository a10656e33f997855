import { operatorToken } from '../access/operator-token.ts';
import { SignIn } from '../access/sign-in.ts';
import { stoppingProblem } from '../api/problem.ts';
import { COMPARE_JOB } from '../comparison/job.ts';
import type { Config } from '../config.ts';
import { type AppContext, openContext } from '../context.ts';
import { lockDataFolder } from '../data-folder.ts';
import { type JobListener, withJobListener } from '../jobs/job-listener.ts';
import { logAttempt } from '../jobs/log-attempt.ts';
import { type Log, openServerLog } from '../logging/log.ts';
import { Metrics } from '../metrics/metrics.ts';
import { OperatorError } from '../operator-error.ts';
import { ReadinessCheck } from '../readiness/readiness-check.ts';
import { RECOMMEND_JOB, recommendHandler } from '../recommendations/job.ts';
import { writeRunningShops } from '../shops/running-shops.ts';
import { START_WAIT_MS } from '../start.ts';
import { TRAIN_JOB, trainHandler } from '../training/job.ts';
import { modelsDir } from '../training/register-model.ts';
import { REFRESH_WATCHES_EVERY_MS, REFRESH_WATCHES_JOB, refreshWatchesHandler } from '../watching/job.ts';
import { assertPortFree, listen, stopListening, type TlsFiles } from './listen.ts';
import { openApi } from './open-api.ts';
import { statusApp } from './status-app.ts';

export type Role = 'api' | 'worker' | 'all';

export interface ServeOptions {
  role: Role;
  /** Demo shops, and the demo's catalogue and shoppers where the store is empty. */
  demo: boolean;
  tls: TlsFiles | null;
  /** stderr unless given. */
  log?: Log;
  /** Called with each thing that happens, as one sentence. */
  say(sentence: string): void;
}

export interface RunningServer {
  /** Where the API and the app are; null for a worker. */
  url: string | null;
  /** Where health, readiness and metrics are; null where no port was set. */
  statusUrl: string | null;
  context: AppContext;
  /** The operator's token, where this start made it. */
  newOperatorToken: string | null;
  signIn: SignIn;
  close(): Promise<void>;
}

/**
 * Requests and jobs that run when the server stops may take this long together. What comes after (giving jobs back,
 * closing connections to services) fits into the 10 s that process managers wait by default before they kill.
 */
const STOP_MS = 8_000;
/** The part of it that requests may take: what shops have not answered by then gets a 503. */
const REQUESTS_MS = 5_000;

/** Comparisons wait for shops, not for the processor. */
const CONCURRENT_COMPARISONS = 8;

/** The demo world. Beside tests, the server imports it here alone, and only where something of it is needed. */
const loadDemo = () => import('../../demo/demo.ts');

/**
 * Starts API, workers and demo shops in this process, as far as the role goes.
 * @throws OperatorError when another server has the data folder, or the port.
 */
export async function serve(config: Config, options: ServeOptions): Promise<RunningServer> {
  const { role, demo, tls, say, log = openServerLog(config.log) } = options;
  // A queue in Redis is not enough: each process would keep offers and prices in a SQLite of its own.
  if (role !== 'all' && config.databaseUrl === null) {
    throw new OperatorError(
      `a process that is only ${role === 'api' ? 'the API' : 'a worker'} shares queue and store with others: set DATABASE_URL (and REDIS_URL, for a faster queue), or leave out --role`,
    );
  }
  // With a database of its own, several processes may share the folder: it then holds only model files.
  const lock = config.databaseUrl === null ? lockDataFolder(config.dataDir) : null;
  const closing = new AbortController();
  const outOfTime = new AbortController();
  const cleanups: ((remainingMs: number) => Promise<void> | void)[] = [() => lock?.release()];
  const close = async (): Promise<void> => {
    const stopAt = performance.now() + STOP_MS;
    closing.abort(new Error('the server is stopping'));
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup(Math.max(0, stopAt - performance.now()));
  };
  try {
    if (role !== 'worker') await assertPortFree(config.host, config.port);
    const basePort = config.port === 0 ? 0 : config.port + 1;
    const runningDemo = demo && role !== 'api' ? await (await loadDemo()).startDemo({ basePort, say }) : null;
    if (runningDemo !== null) cleanups.push(() => runningDemo.close());
    if (role !== 'api') await writeRunningShops(config.dataDir, runningDemo?.declarations ?? new Map());
    const metrics = new Metrics();
    const start = { log, waitMs: START_WAIT_MS };
    const context = await openContext(config, {
      ...start,
      comparisonListener: metrics.comparisons,
    });
    cleanups.push((remainingMs) => context.close(remainingMs));
    await runningDemo?.fill(context.store);
    metrics.watch(context);
    const readiness = new ReadinessCheck({ ...context, modelsDir: modelsDir(config) });
    if (role !== 'api')
      await work(context, (ended) => {
        metrics.observeJob(ended);
        logAttempt(log, ended);
      });

    let statusUrl: string | null = null;
    if (config.status !== null) {
      const { host, port } = config.status;
      const { fetch } = statusApp({ host, metrics, readiness, closing: closing.signal });
      const status = await listen(fetch, { host, port, tls: null });
      cleanups.push(() => stopListening(status.server, 0, () => {}));
      statusUrl = status.url;
    }

    let url: string | null = null;
    const signIn = new SignIn(context.store);
    const token = await operatorToken(config);
    if (role !== 'worker') {
      const { app, close: closeApi } = await openApi(context, {
        ...{ start, metrics, readiness, signIn, operatorToken: token.secret },
        // Not only beside a running demo: its products stay in a store that it once filled.
        drawPicture: async (path) => (await loadDemo()).productImageAt(path),
        closing: closing.signal,
        outOfTime: outOfTime.signal,
      });
      cleanups.push(closeApi);
      const { server, url: address } = await listen(app.fetch, { host: config.host, port: config.port, tls });
      cleanups.push(() => stopListening(server, REQUESTS_MS, () => outOfTime.abort(stoppingProblem())));
      url = address;
    }
    return { url, statusUrl, context, newOperatorToken: token.isNew ? token.secret : null, signIn, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function work(context: AppContext, listener: JobListener): Promise<void> {
  const { config, log, store, shopResources, comparisons, recommender, imageLinks } = context;
  const queue = withJobListener(context.queue, listener);
  shopResources.pages.warmUp(); // the first comparison's first offer does not wait for a thread to start
  queue.work(COMPARE_JOB, comparisons.handler(), { concurrency: CONCURRENT_COMPARISONS });
  queue.work(RECOMMEND_JOB, recommendHandler(recommender, imageLinks), { concurrency: 2 });
  queue.work(TRAIN_JOB, trainHandler(config), { concurrency: 1 });
  const refreshWatches = refreshWatchesHandler({
    store,
    comparisons,
    onFailure: (err) => log.warn({ err }, 'a watched price could not be looked at'),
  });
  queue.work(REFRESH_WATCHES_JOB, refreshWatches, { concurrency: 1 });
  await queue.schedule(REFRESH_WATCHES_JOB, REFRESH_WATCHES_JOB, {}, REFRESH_WATCHES_EVERY_MS);
}
