import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A relay before Postgres that can lose the answer to a COMMIT: the server has kept it, and the client never learns. */
export interface CutProxy {
  url: string;
  /** The next COMMIT is passed on; when its answer comes, the connection is cut instead. */
  cutAtNextCommit(): void;
  close(): Promise<void>;
}

export async function startCutProxy(postgresUrl: string): Promise<CutProxy> {
  const { hostname, port } = new URL(postgresUrl);
  const sockets = new Set<Socket>();
  let isArmed = false;
  const server = createServer((client) => {
    const postgres = connect(Number(port), hostname);
    let isCommitting = false;
    for (const socket of [client, postgres]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        for (const each of [client, postgres]) each.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (isArmed && chunk.includes('commit')) {
        isArmed = false;
        isCommitting = true;
      }
      postgres.write(chunk);
    });
    postgres.on('data', (chunk) => {
      if (isCommitting) client.destroy();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = new URL(postgresUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutAtNextCommit() {
      isArmed = true;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
