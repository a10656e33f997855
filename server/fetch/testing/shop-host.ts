import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface ShopHost {
  origin: string;
  /** One entry per request, in order of arrival. */
  log: { path: string; method: string; headers: IncomingMessage['headers']; body: string; atMs: number }[];
  /** Paths of the log without robots.txt. */
  pages(): string[];
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * An HTTP server on loopback. Handlers are chosen by path; `/robots.txt` is a 404 unless there is one for it, and so is
 * whatever has none.
 */
export async function startShopHost(
  handlers: Record<string, Handler>,
  where: { port?: number; host?: string } = {},
): Promise<ShopHost> {
  const log: ShopHost['log'] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const atMs = performance.now();
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    log.push({ path, method: request.method ?? '', headers: request.headers, body, atMs });
    const handler = handlers[path.replace(/\?.*$/, '')];
    if (handler !== undefined) handler(request, response);
    else response.writeHead(404).end('not here');
  });
  server.listen(where.port ?? 0, where.host ?? '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on a socket file');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    log,
    pages: () => log.map(({ path }) => path).filter((path) => path !== '/robots.txt'),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
