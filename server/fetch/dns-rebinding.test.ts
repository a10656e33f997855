import { lookup as systemLookup } from 'node:dns';
import { afterEach, describe, expect, test } from 'vitest';
import { privateRange } from './address-guard.ts';
import { type DnsServer, startDnsServer } from './testing/dns-server.ts';
import { type ShopHost, startShopHost } from './testing/shop-host.ts';
import { createTestFetcher } from './testing/test-fetcher.ts';

const PUBLIC = '93.184.216.34';
const LOOPBACK = '127.0.0.1';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

/** A server on this machine, at a port that the fetcher would go to. */
async function insideHost(): Promise<ShopHost> {
  const handlers = { '/lamp': (_request: unknown, response: { end(text: string): void }) => response.end('inside') };
  for (const port of [8080, 8443]) {
    try {
      const host = await startShopHost(handlers, { port });
      open.push(host);
      return host;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  throw new Error('ports 8080 and 8443 are both taken on this machine');
}

async function dnsServer(answer: Parameters<typeof startDnsServer>[0]): Promise<DnsServer> {
  const server = await startDnsServer(answer);
  open.push(server);
  return server;
}

describe('a name that leads inside, answered by a real DNS server', () => {
  test('public when it is checked, private when it is connected to: nothing is asked', async () => {
    const inside = await insideHost();
    const { port } = new URL(inside.origin);
    const dns = await dnsServer((_name, nth) => (nth === 0 ? [PUBLIC] : [LOOPBACK]));
    const fetcher = createTestFetcher({ lookup: dns.lookup });
    open.push(fetcher);

    // Whoever looks first and connects later is satisfied by this answer.
    const checked = await new Promise<string>((resolve) => {
      dns.lookup('shop.example.com', {}, (_error, address) => resolve(String(address)));
    });
    expect(privateRange(checked)).toBeNull();

    const fetching = fetcher.fetch(`http://shop.example.com:${port}/lamp`, { purpose: 'api' });
    await expect(fetching).rejects.toMatchObject({
      reason: 'blocked_address',
      message: 'Not fetched: shop.example.com leads to 127.0.0.1, which is not public (loopback).',
    });
    expect(dns.queries).toEqual(['shop.example.com', 'shop.example.com']);
    expect(inside.log).toEqual([]);
  });

  test('public and private in one answer: nothing is asked', async () => {
    const inside = await insideHost();
    const dns = await dnsServer(() => [PUBLIC, LOOPBACK]);
    const fetcher = createTestFetcher({ lookup: dns.lookup });
    open.push(fetcher);
    const fetching = fetcher.fetch(`${inside.origin.replace(LOOPBACK, 'shop.example.com')}/lamp`, { purpose: 'api' });
    await expect(fetching).rejects.toMatchObject({ reason: 'blocked_address' });
    expect(inside.log).toEqual([]);
  });

  test('the robots.txt and the pages of such a name are refused alike', async () => {
    const dns = await dnsServer(() => ['169.254.169.254']);
    const fetcher = createTestFetcher({ lookup: dns.lookup });
    open.push(fetcher);
    const fetching = fetcher.fetch('http://shop.example.com/lamp', { purpose: 'page' });
    await expect(fetching).rejects.toMatchObject({ reason: 'blocked_address' });
  });

  test('a redirect to such a name is refused', async () => {
    const dns = await dnsServer(() => ['10.0.0.1']);
    const shop = await startShopHost({
      '/lamp': (_request, response) => response.writeHead(302, { location: 'http://inside.example.com/' }).end(),
    });
    const fetcher = createTestFetcher({ lookup: dns.lookup, allowedOrigins: [shop.origin] });
    open.push(shop, fetcher);
    const fetching = fetcher.fetch(`${shop.origin}/lamp`, { purpose: 'api' });
    await expect(fetching).rejects.toMatchObject({ reason: 'blocked_address', url: 'http://inside.example.com/' });
  });

  test('a name that does not exist is a failure of DNS, not of the guard', async () => {
    const dns = await dnsServer(() => []);
    const fetcher = createTestFetcher({ lookup: dns.lookup });
    open.push(fetcher);
    const fetching = fetcher.fetch('http://shop.example.com/lamp', { purpose: 'api' });
    await expect(fetching).rejects.toMatchObject({ reason: 'dns' });
  });

  test('without the guard the same request would arrive', async () => {
    const inside = await insideHost();
    const dns = await dnsServer(() => [LOOPBACK]);
    const origin = inside.origin.replace(LOOPBACK, 'shop.example.com');
    const fetcher = createTestFetcher({ lookup: dns.lookup, allowedOrigins: [origin] });
    open.push(fetcher);
    expect((await fetcher.fetch(`${origin}/lamp`, { purpose: 'api' })).text()).toBe('inside');
  });
});

test("the system's resolver is guarded too: this machine's own name", async () => {
  const fetcher = createTestFetcher({
    lookup: (hostname, options, callback) => {
      expect(hostname).toBe('shop.example.com');
      systemLookup('localhost', options, callback);
    },
  });
  open.push(fetcher);
  const fetching = fetcher.fetch('http://shop.example.com/lamp', { purpose: 'api' });
  await expect(fetching).rejects.toMatchObject({ reason: 'blocked_address' });
});
