import { Agent, request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { BlockedAddressError, guardedConnector } from './guarded-connector.ts';
import { type ShopHost, startShopHost } from './testing/shop-host.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function insideHost(): Promise<ShopHost> {
  const host = await startShopHost({ '/lamp': (_request, response) => response.end('inside') });
  open.push(host);
  return host;
}

function agent(allowedOrigins: string[]): Agent {
  const dispatcher = new Agent({
    connect: guardedConnector({
      allowedOrigins: new Set(allowedOrigins),
      connectTimeoutMs: 1000,
      lookup: () => expect.unreachable('an address literal is not looked up'),
    }),
  });
  open.push(dispatcher);
  return dispatcher;
}

test('an address literal is judged although no lookup is asked for it, whoever forgot to check the URL', async () => {
  const inside = await insideHost();
  const asking = request(`${inside.origin}/lamp`, { dispatcher: agent([]) });
  await expect(asking).rejects.toBeInstanceOf(BlockedAddressError);
  expect(inside.log).toEqual([]);
});

test('an allowed origin is one port of one host', async () => {
  const [demo, inside] = [await insideHost(), await insideHost()];
  const dispatcher = agent([demo.origin]);
  expect(await (await request(`${demo.origin}/lamp`, { dispatcher })).body.text()).toBe('inside');
  await expect(request(`${inside.origin}/lamp`, { dispatcher })).rejects.toBeInstanceOf(BlockedAddressError);
  expect(inside.log).toEqual([]);
});
