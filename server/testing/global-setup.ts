import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import type { ServiceName } from './executables.ts';
import type { TestServer } from './service-process.ts';
import { startPostgres } from './start-postgres.ts';
import { startRedis } from './start-redis.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where `test-services.ts` asks for a server. */
    testServicesUrl: string;
  }
}

type Startable = Extract<ServiceName, 'redis' | 'postgres'>;

const START: Record<Startable, () => Promise<TestServer>> = { redis: startRedis, postgres: startPostgres };

/**
 * One Redis and one Postgres for the whole run, each started when the first test asks for it: a run that needs neither
 * does not wait for them, nor fail for lack of them.
 */
export default async function setUpTestServices({ provide }: TestProject): Promise<() => Promise<void>> {
  const started = new Map<Startable, Promise<TestServer>>();
  let nextRedisDatabase = 0;
  const server = createServer((request, response) => {
    const service = request.url?.slice(1);
    if (service !== 'redis' && service !== 'postgres') {
      response.writeHead(404).end();
      return;
    }
    const starting = started.get(service) ?? START[service]();
    started.set(service, starting);
    starting.then(
      ({ url }) => response.end(service === 'redis' ? `${url}/${nextRedisDatabase++}` : url),
      (error: unknown) => fail(response, error),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  provide('testServicesUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    await close(server);
    const servers = await Promise.allSettled(started.values());
    await Promise.all(servers.map((result) => (result.status === 'fulfilled' ? result.value.stop() : undefined)));
  };
}

function fail(response: ServerResponse, error: unknown): void {
  response.writeHead(500).end(error instanceof Error ? error.message : String(error));
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
