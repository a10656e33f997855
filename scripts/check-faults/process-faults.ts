import { cp } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { nLost, sendEvents } from './acknowledged.ts';
import { FaultyServer } from './faulty-server.ts';
import type { FaultReport } from './table.ts';

const CLOCK = fileURLToPath(new URL('clock-shift.ts', import.meta.url));
const DAYS_400_MS = 400 * 86_400_000;
const N_SOCKETS = 100;
const SOCKET_WAIT_MS = 3_000;

/** A start with a clock that is 400 days ahead, and the next one with the right clock. */
export async function wrongClock(dataDir: string, report: FaultReport): Promise<void> {
  const acknowledged: string[] = [];
  for (const [when, shiftMs] of [
    ['400 days ahead', DAYS_400_MS],
    ['back', 0],
  ] as const) {
    const server = await FaultyServer.start({
      ...{ dataDir, node: ['--import', CLOCK], env: { CLOCK_SHIFT_MS: String(shiftMs) } },
    });
    const sent = await sendEvents(server, { nRequests: 2 });
    acknowledged.push(...sent.acknowledged);
    report.answer(`${when}: POST /events`, sent.seen[0]!);
    report.answer(`${when}: GET /recommendations`, await server.ask('/recommendations?user_id=shopper-1'));
    report.answer(`${when}: GET /compare_price`, await server.ask('/compare_price?product=lamp'));
    report.answer(`${when}: GET /readyz`, await server.ask('/readyz'));
    report.process(server);
    await server.stop();
  }
  report.lost(nLost(dataDir, acknowledged), acknowledged.length);
}

/** More connections than a process may have files open. */
export async function fewDescriptors(dataDir: string, report: FaultReport): Promise<void> {
  const server = await FaultyServer.start({ dataDir, ulimit: '-n 64' });
  const sent = await sendEvents(server, { nRequests: 2 });
  report.answer('POST /events', sent.seen[0]!);
  const { hostname, port } = new URL(server.url!);
  const sockets = Array.from({ length: N_SOCKETS }, () => connect(Number(port), hostname));
  const answers = await Promise.all(sockets.map(firstLine));
  const counted = Object.entries(Object.groupBy(answers, (line) => line)).map(
    ([line, same]) => `${same?.length} × ${line}`,
  );
  for (const socket of sockets) socket.destroy();
  const isUnknown = answers.some((line) => !/^(HTTP\/1.1 (200|503)|closed)/.test(line));
  report.note(`${N_SOCKETS} connections`, counted.join(', '), { isWrong: isUnknown });
  await delay(1_000);
  report.answer('GET /healthz, after them', await server.ask('/healthz'));
  report.process(server);
  await server.stop();
  report.lost(nLost(dataDir, sent.acknowledged), sent.acknowledged.length);
}

function firstLine(socket: Socket): Promise<string> {
  socket.write('GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  return new Promise((resolve) => {
    socket.once('data', (data) => resolve(data.toString('latin1').split('\r\n', 1)[0]!));
    socket.once('close', () => resolve('closed'));
    socket.once('error', () => resolve('closed'));
    setTimeout(() => resolve('no answer'), SOCKET_WAIT_MS);
  });
}

/** @param trained folder of a server that has trained a model and was stopped */
export async function smallHeap(trained: string, dataDir: string, report: FaultReport): Promise<void> {
  await cp(trained, dataDir, { recursive: true });
  const server = await FaultyServer.start({ dataDir, demo: true, node: ['--max-old-space-size=96'] });
  if (server.url !== null) {
    const sent = await sendEvents(server, { nRequests: 20 });
    report.answer('POST /events', sent.seen.at(-1)!);
    for (const product of ['headphones', 'lamp', 'tent', 'keyboard']) {
      report.answer(`GET /compare_price?product=${product}`, await server.ask(`/compare_price?product=${product}`));
    }
    report.answer('GET /recommendations', await server.ask('/recommendations?user_id=7'));
    report.process(server);
    await server.stop();
    report.lost(nLost(dataDir, sent.acknowledged), sent.acknowledged.length);
  } else report.process(server);
  await server.stop();
}
