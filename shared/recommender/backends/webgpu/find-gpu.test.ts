import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { askProbe } from './find-gpu.node.ts';

/** A probe whose driver does something at the moment at which it is asked for a GPU. */
async function ask(driver: string, timeoutMs = 60_000): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-probe-'));
  const script = join(folder, 'probe.mjs');
  await writeFile(script, driver);
  return askProbe(pathToFileURL(script), timeoutMs)
    .catch((error: Error) => `${error.name}: ${error.message}`)
    .finally(() => rm(folder, { recursive: true }));
}

const SEND = `process.send({ found: { adapterName: 'NVIDIA H200', isSoftware: false } });`;
const FOUND = { adapterName: 'NVIDIA H200', isSoftware: false };

test.each([
  ['that works', SEND, FOUND],
  ['that hangs once its work is done', `${SEND} setInterval(() => {}, 1000);`, FOUND],
  ['that crashes once its work is done', `${SEND} setTimeout(() => process.abort(), 100);`, FOUND],
  ['that says why there is no GPU', `process.send({ reason: 'there is no GPU' });`, 'NoGpuError: there is no GPU'],
  [
    'that crashes',
    `process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000);`,
    'NoGpuError: looking for a GPU ended with SIGSEGV: its driver crashes',
  ],
  ['that ends the process', 'process.exit(3)', 'NoGpuError: looking for a GPU ended with status 3: its driver crashes'],
])('a driver %s', async (_, driver, answer) => {
  expect(await ask(driver)).toEqual(answer);
});

test('a driver that hangs', async () => {
  expect(await ask('setInterval(() => {}, 1000);', 500)).toBe(
    'NoGpuError: looking for a GPU took more than 0.5 s: its driver hangs',
  );
});
