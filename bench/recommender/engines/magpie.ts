/** Magpie's recommender behind the calls of calls.ts: one line of JSON in, one out. `node magpie.ts threads|webgpu` */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { MagpieCalls } from './calls.ts';
import { scoringCalls } from './scoring-calls.ts';
import { spaceCalls } from './space-calls.ts';

type Handlers = { [Name in keyof MagpieCalls]: (call: never) => Promise<ReturnType<MagpieCalls[Name]>> };

const [backend = 'threads'] = process.argv.slice(2);
const space = spaceCalls(backend === 'webgpu' ? 'webgpu' : 'threads');
const scoring = scoringCalls();
const handlers: Handlers = { ...space.calls, ...scoring.calls, peakRss: async () => ({ bytes: peakRssBytes() }) };

for await (const line of createInterface({ input: process.stdin })) {
  const { call, with: argument } = JSON.parse(line) as { call: keyof MagpieCalls; with: never };
  const reply = await handlers[call](argument).then(
    (result) => ({ result }),
    (error: Error) => ({ error: error.message }),
  );
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
space.close();
scoring.close();

/** Linux keeps the peak of this program apart from that of the one that started it, unlike getrusage. */
function peakRssBytes(): number {
  if (process.platform !== 'linux') return 1024 * process.resourceUsage().maxRSS;
  const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return 1024 * Number(kib);
}
