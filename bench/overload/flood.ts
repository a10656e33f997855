import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { ask } from './ask.ts';

export interface FloodTask {
  url: string;
  /** Address that the requests come from. */
  from: string;
  perSecond: number;
  seconds: number;
}

/** A thread of `bench/overload.ts`: asks for ever new comparisons, and tells how many were answered with which status. */
const { url, from, perSecond, seconds } = workerData as FloodTask;
const agent = new Agent({ keepAlive: true, localAddress: from });
const startedAtMs = performance.now();
const nByStatus: Record<string, number> = {};
const asked: Promise<void>[] = [];
for (let n = 0; n < perSecond * seconds; n += 1) {
  await sleep(Math.max(0, startedAtMs + (n * 1000) / perSecond - performance.now()));
  const answer = ask(`${url}/compare_price?product=flood${n}`, agent);
  asked.push(
    answer.then(({ status }) => {
      nByStatus[status] = (nByStatus[status] ?? 0) + 1;
    }),
  );
}
await Promise.all(asked);
agent.destroy();
parentPort?.postMessage(nByStatus);
