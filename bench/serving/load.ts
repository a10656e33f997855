import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Requests that were answered, and for how long each was waited, in ms. */
export interface Load {
  tookMs: number[];
  seconds: number;
  /** Answers by status. */
  statuses: Map<number, number>;
  lastBody: Buffer;
}

/**
 * Asks as fast as it is answered, over kept connections, one request at a time on each. By hand on sockets: a client of a
 * library takes more of the machine than what is measured.
 * @param requestOf the path, and headers if any, of the n-th request
 */
export async function load(
  url: string,
  { nConnections, seconds, headers = {} }: { nConnections: number; seconds: number; headers?: Record<string, string> },
  pathOf: (n: number) => string,
): Promise<Load> {
  const { hostname, port } = new URL(url);
  const result: Load = { tookMs: [], seconds: 0, statuses: new Map(), lastBody: Buffer.alloc(0) };
  const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  let n = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const connection = async () => {
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    await once(socket, 'connect');
    await new Promise<void>((resolve, reject) => {
      let sentAt = 0;
      const next = () => {
        if (performance.now() >= endsAt) {
          socket.end();
          resolve();
          return;
        }
        sentAt = performance.now();
        socket.write(`GET ${pathOf(n)} HTTP/1.1\r\n${lines.join('')}\r\n`);
        n += 1;
      };
      readAnswers(socket, (status, body) => {
        result.tookMs.push(performance.now() - sentAt);
        result.statuses.set(status, (result.statuses.get(status) ?? 0) + 1);
        result.lastBody = body;
        next();
      });
      socket.once('error', reject);
      next();
    });
  };
  await Promise.all(Array.from({ length: nConnections }, connection));
  result.seconds = (performance.now() - startedAt) / 1000;
  return result;
}

/** Reads answers whose length is known, or that come in chunks. */
function readAnswers(socket: Socket, onAnswer: (status: number, body: Buffer) => void): void {
  let kept = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    const head = kept.indexOf('\r\n\r\n');
    if (head < 0) return;
    const text = kept.toString('latin1', 0, head).toLowerCase();
    const body = kept.subarray(head + 4);
    const length = /\r\ncontent-length: (\d+)/.exec(text)?.[1];
    const isWhole = length === undefined ? body.subarray(-5).equals(LAST_CHUNK) : body.length >= Number(length);
    if (!isWhole) return;
    kept = Buffer.alloc(0);
    onAnswer(Number(text.slice(9, 12)), body);
  });
}

const LAST_CHUNK = Buffer.from('0\r\n\r\n');
