import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lockGpu } from './gpu-lock.ts';

const HOLDER = fileURLToPath(new URL('testing/hold-gpu.ts', import.meta.url));

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-gpu-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

/** Another process that has a GPU, or waits for it. */
async function holder(adapterName: string): Promise<{ child: ChildProcess; says: string }> {
  const child = spawn(process.execPath, [HOLDER, adapterName, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const says = await new Promise<string>((resolve) => createInterface({ input: child.stdout! }).once('line', resolve));
  return { child, says };
}

const never = (): never => expect.unreachable();

test('a second process waits until the first has died, even when it was killed', async () => {
  const { child, says } = await holder('NVIDIA H200');
  expect(says).toBe('has it');
  const onWait = vi.fn(() => child.kill('SIGKILL'));
  const release = await lockGpu('NVIDIA H200', { folder, onWait, onUnlockable: never });
  expect(onWait).toHaveBeenCalledOnce();
  expect((await holder('NVIDIA H200')).says).toBe('waits');
  release();
});

test('what was given back is free at once, and each GPU has its own lock', async () => {
  const release = await lockGpu('one', { folder, onWait: never, onUnlockable: never });
  expect((await holder('another')).says).toBe('has it');
  release();
  expect((await holder('one')).says).toBe('has it');
});

test('waiting ends with the signal’s reason', async () => {
  await holder('one');
  const abort = new AbortController();
  const reason = new Error('the shop closes');
  const waiting = lockGpu('one', {
    folder,
    signal: abort.signal,
    onWait: () => setTimeout(() => abort.abort(reason), 10),
    onUnlockable: never,
  });
  await expect(waiting).rejects.toBe(reason);
});

test('where there can be no lock the GPU is used without one, and that is told', async () => {
  await writeFile(join(folder, 'a file'), '');
  const onUnlockable = vi.fn();
  await lockGpu('one', { folder: join(folder, 'a file'), onWait: never, onUnlockable });
  expect(onUnlockable).toHaveBeenCalledWith(expect.any(Error));
});
