import { afterEach, beforeEach, expect, test } from 'vitest';
import { FRESH_MS } from '../comparison/freshness.ts';
import { type ComparisonWorld, openComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { declarationOf, type LoopbackShop, startLoopbackShop } from '../comparison/testing/loopback-shop.ts';
import { Metrics } from './metrics.ts';

let shops: LoopbackShop[];
let world: ComparisonWorld;
let metrics: Metrics;

beforeEach(async () => {
  metrics = new Metrics();
  shops = await Promise.all([
    startLoopbackShop({ id: 'open', products: [{ name: 'Copper kettle', price: '40.00' }] }),
    startLoopbackShop({
      id: 'shut',
      instead(_, response) {
        response.writeHead(404).end();
        return true;
      },
    }),
  ]);
  world = await openComparisonWorld(
    shops.map((shop) => declarationOf(shop)),
    { redisUrl: null, deadlineMs: 20_000 },
  );
  world.parts.listener = metrics.comparisons;
});
afterEach(async () => {
  await world.close();
  for (const shop of shops) await shop.close();
});

test('lookups are counted by what the cache had, shops by what they answered, and only when they were asked', async () => {
  await world.comparisons.compare('kettle', 'EUR');
  await world.comparisons.compare('kettle', 'EUR');
  const text = await metrics.text();
  expect(text).toContain('magpie_comparison_lookups_total{result="miss"} 1\n');
  expect(text).toContain('magpie_comparison_lookups_total{result="hit"} 1\n');
  const count = 'magpie_shop_answer_duration_seconds_count';
  expect(text).toContain(`${count}{shop="open",outcome="ok"} 1\n`);
  expect(text).toContain(`${count}{shop="shut",outcome="http_status"} 1\n`);
  world.pass(FRESH_MS + 1_000);
  await world.comparisons.compare('kettle', 'EUR');
  expect(await metrics.text()).toContain('magpie_comparison_lookups_total{result="stale"} 1\n');
});

test('servers in one process count apart', async () => {
  metrics.observeRequest('GET', '/products', 200, 5);
  expect(await new Metrics().text()).not.toContain('route="/products"');
  expect(await metrics.text()).toContain(
    'magpie_http_request_duration_seconds_count{method="GET",route="/products",status_class="2xx"} 1',
  );
});
