/**
 * The server of `serving.ts`, in a process of its own: the whole API with its middleware over the demo's data, and peers
 * that stand behind the very same middleware. Says `{url, bareUrl}` when it is ready, and answers what it is asked by IPC.
 */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { startDemo } from '../../demo/demo.ts';
import { SignIn } from '../../server/access/sign-in.ts';
import { access } from '../../server/api/route-access.ts';
import { COMPARE_JOB } from '../../server/comparison/job.ts';
import { readConfig } from '../../server/config.ts';
import { type AppContext, openContext } from '../../server/context.ts';
import { openServerLog } from '../../server/logging/log.ts';
import { Metrics } from '../../server/metrics/metrics.ts';
import { ReadinessCheck } from '../../server/readiness/readiness-check.ts';
import { trainFirstModel } from '../../server/serve/first-model.ts';
import { listen } from '../../server/serve/listen.ts';
import { openApi } from '../../server/serve/open-api.ts';
import { writeRunningShops } from '../../server/shops/running-shops.ts';
import type { EventRecord } from '../../server/store/store.ts';
import { TRAIN_JOB, trainHandler } from '../../server/training/job.ts';
import { modelsDir } from '../../server/training/register-model.ts';
import { knownItems } from '../../shared/shopper/personal-picks.ts';
import { tasteOf } from '../../shared/shopper/taste.ts';

/** What `serving.ts` asks. */
export type Question =
  | { ask: 'cpu' }
  /** So many single events, from so many clients at once: all through the store's own intake, and one transaction each. */
  | { ask: 'events'; nEvents: number; nClients: number };

export type Answer = { seconds: number; cpuSeconds: number };

const config = readConfig();
const metrics = new Metrics();
const demo = await startDemo({ basePort: 0, say: () => {} });
await writeRunningShops(config.dataDir, demo.declarations);
const context = await openContext(config, { log: openServerLog(config.log), comparisonListener: metrics.comparisons });
await demo.fill(context.store);
context.queue.work(COMPARE_JOB, context.comparisons.handler(), { concurrency: 8 });
context.queue.work(TRAIN_JOB, trainHandler(config), { concurrency: 1 });
await trainFirstModel(context, () => {});
const { app } = await openApi(context, {
  metrics,
  readiness: new ReadinessCheck({ ...context, modelsDir: modelsDir(config) }),
  signIn: new SignIn(context.store),
  operatorToken: 'mgp_of-the-benchmark',
  start: { log: context.log },
  drawPicture: async () => null,
  moreRoutes: addPeers,
  closing: new AbortController().signal,
  outOfTime: new AbortController().signal,
});
const { url } = await listen(app.fetch, { host: '127.0.0.1', port: 0, tls: null });
const bare = new Hono().get('/', (c) => c.json({ status: 'ok' }));
const { url: bareUrl } = await listen(bare.fetch, { host: '127.0.0.1', port: 0, tls: null });
process.on('message', async (question: Question) => process.send?.(await answer(question, context)));
process.on('disconnect', () => process.exit());
process.send?.({ url, bareUrl });

/** An empty route, one that sends what it is given once from memory, and fold-in with the best ten without a store. */
function addPeers(api: OpenAPIHono): void {
  const route = (path: '/bench/empty' | '/bench/bytes' | '/bench/picks', method: 'get' | 'put') =>
    createRoute({
      ...{ method, path, ...access({ class: 'public' }) },
      ...(path === '/bench/picks' && { request: { query: z.object({ user_id: z.string() }) } }),
      responses: { 200: { description: 'Yes', content: { 'application/json': { schema: z.any() } } } },
    });
  const picks = picksFromMemory(context);
  api.openapi(route('/bench/picks', 'get'), async (c) => c.json(await picks(c.req.query('user_id') ?? ''), 200));
  let kept: { bytes: Uint8Array<ArrayBuffer>; encoding: string } = { bytes: new Uint8Array(), encoding: 'identity' };
  api.openapi(route('/bench/empty', 'get'), (c) => c.json({ status: 'ok' }, 200));
  api.openapi(route('/bench/bytes', 'put'), async (c) => {
    kept = { bytes: new Uint8Array(await c.req.arrayBuffer()), encoding: c.req.header('x-encoding') ?? 'identity' };
    return c.json({}, 200);
  });
  api.openapi(
    route('/bench/bytes', 'get'),
    (c) =>
      c.body(kept.bytes, 200, {
        'content-type': 'application/json',
        'content-length': String(kept.bytes.length),
        ...(kept.encoding !== 'identity' && { 'content-encoding': kept.encoding }),
      }) as never,
  );
}

async function answer(question: Question, context: AppContext): Promise<Answer> {
  switch (question.ask) {
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      return { seconds: performance.now() / 1000, cpuSeconds: (user + system) / 1e6 };
    }
    case 'events':
      return timed(() => appendEach(context, question.nEvents, question.nClients));
    default:
      return question satisfies never;
  }
}

async function timed(work: () => Promise<void>): Promise<Answer> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - startedAt) / 1000, cpuSeconds: (user + system) / 1e6 };
}

/** Fold-in and the best ten of a shopper whose events are in memory: what a recommendation is, without a store. */
function picksFromMemory({ store, recommender }: AppContext): (userId: string) => Promise<unknown> {
  const histories = new Map<string, EventRecord[]>();
  return async (userId) => {
    const loaded = await recommender.currentModel();
    if (loaded === null) throw new Error('there is no model');
    const events = histories.get(userId) ?? (await store.events.ofUser(userId, 2000)).reverse();
    histories.set(userId, events);
    const { model, scorer } = loaded;
    const exclude = knownItems(
      model,
      events.map(({ itemId }) => itemId),
    );
    const best = await scorer.topK(await scorer.foldIn(tasteOf(model, events).seen), { k: 10, exclude });
    return best.map(({ item, score }) => ({ item_id: model.items.idOf(item), score }));
  };
}

async function appendEach({ store }: AppContext, nEvents: number, nClients: number): Promise<void> {
  const run = Math.random().toString(36).slice(2);
  let sent = 0;
  const client = async () => {
    while (sent < nEvents) {
      const n = sent;
      sent += 1;
      const event = { userId: `shopper-${n % 500}`, itemId: String(n % 900), type: 'view', value: 1 } as const;
      await store.events.append([{ ...event, id: `${run}-${n}`, occurredAt: new Date(), source: 'bench' }]);
    }
  };
  await Promise.all(Array.from({ length: nClients }, client));
}
