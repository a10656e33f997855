import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { lockDataFolder } from './data-folder.ts';

let parent: string;
let folder: string;
const others: ChildProcess[] = [];
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'magpie-data-folder-'));
  folder = join(parent, 'made', 'here');
  return async () => {
    for (const child of others.splice(0)) child.kill('SIGKILL');
    await rm(parent, { recursive: true });
  };
});

/** A server of its own process that holds the folder until it is killed. */
async function otherServer(): Promise<{ pid: number; kill(): Promise<void> }> {
  const script = join(parent, 'holder.ts');
  const module = fileURLToPath(new URL('./data-folder.ts', import.meta.url));
  await writeFile(
    script,
    `import { lockDataFolder } from ${JSON.stringify(module)};
     lockDataFolder(process.argv[2]);
     globalThis.gc();
     process.send('held');
     setInterval(() => {}, 1_000);`,
  );
  const child = fork(script, [folder], { execArgv: ['--expose-gc'] });
  others.push(child);
  await once(child, 'message');
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test('a second server is told which process has the folder, and what to do', async () => {
  const other = await otherServer();
  expect(() => lockDataFolder(folder)).toThrow(
    `another Magpie server (process ${other.pid}) uses the data folder ${folder}: stop it, or set MAGPIE_DATA_DIR to another folder`,
  );
  await other.kill();
});

test('a server that was killed leaves the folder free', async () => {
  await (await otherServer()).kill();
  lockDataFolder(folder).release();
});

test('a folder is free again when its server releases it; two folders are apart', () => {
  const lock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(`(process ${process.pid})`);
  lockDataFolder(join(parent, 'another')).release();
  lock.release();
  lockDataFolder(folder).release();
});

test('a folder that cannot be made is named, with the reason', async () => {
  await writeFile(join(parent, 'made'), 'a file');
  expect(() => lockDataFolder(folder)).toThrow(/^the data folder .*made\/here cannot be used: .*(ENOTDIR|EEXIST)/);
});
