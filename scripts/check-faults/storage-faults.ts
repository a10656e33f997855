import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, open, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { nLost, sendEvents } from './acknowledged.ts';
import { FaultyServer } from './faulty-server.ts';
import type { FaultReport } from './table.ts';

const PAGE_BYTES = 4096;
const FEW_REFUSED = 3;

/** A full disk, then one that is only read. Both are a small tmpfs, which needs the right to mount one. */
export async function fullThenReadOnly(folder: string, full: FaultReport, readOnly: FaultReport): Promise<void> {
  const dataDir = join(folder, 'small');
  await mkdir(dataDir);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', dataDir], { stdio: 'ignore' });
  } catch {
    for (const report of [full, readOnly]) report.note('not checked', 'a file system cannot be mounted here');
    return;
  }
  try {
    const server = await FaultyServer.start({ dataDir });
    let nRefused = 0;
    const until = ({ status }: { status: number }) => status !== 200 && ++nRefused >= FEW_REFUSED;
    const { acknowledged, seen } = await sendEvents(server, { nRequests: 400, until });
    full.answer('POST /events', seen.at(-1)!);
    full.answer('GET /recommendations', await server.ask('/recommendations?user_id=shopper-1'));
    full.answer('GET /healthz', await server.ask('/healthz'));
    full.process(server);
    await server.stop();
    full.lost(nLost(dataDir, acknowledged), acknowledged.length);

    execFileSync('mount', ['-o', 'remount,ro', dataDir]);
    const second = await FaultyServer.start({ dataDir });
    readOnly.process(second);
    await second.stop();
  } finally {
    execFileSync('umount', [dataDir]);
  }
}

/** Random bytes over pages in the middle of the database. */
export async function damagedDatabase(folder: string, report: FaultReport): Promise<void> {
  const dataDir = join(folder, 'damaged');
  const sound = await FaultyServer.start({ dataDir });
  await sendEvents(sound, { nRequests: 40 });
  await sound.stop();
  const path = join(dataDir, 'magpie.db');
  const nPages = Math.floor((await stat(path)).size / PAGE_BYTES);
  const file = await open(path, 'r+');
  await file.write(randomBytes(Math.floor(nPages / 4) * PAGE_BYTES), 0, null, Math.floor(nPages / 2) * PAGE_BYTES);
  await file.close();

  const server = await FaultyServer.start({ dataDir });
  if (server.url !== null) {
    report.answer('GET /recommendations', await server.ask('/recommendations?user_id=shopper-7'));
    report.answer('GET /events', await server.ask('/events?user_id=shopper-7'));
    report.answer('POST /events', (await sendEvents(server, { nRequests: 1 })).seen[0]!);
    report.answer('GET /readyz', await server.ask('/readyz'));
  }
  report.process(server);
  await server.stop();
}

/** @param trained folder of a server that has trained a model and was stopped */
export async function damagedModel(
  trained: string,
  dataDir: string,
  how: 'truncated' | 'flipped',
  report: FaultReport,
): Promise<void> {
  await cp(trained, dataDir, { recursive: true });
  const models = join(dataDir, 'models');
  const name = (await readdir(models)).find((file) => file.endsWith('.safetensors'));
  if (name === undefined) throw new Error(`${models} has no model`);
  const path = join(models, name);
  const { size } = await stat(path);
  if (how === 'truncated') await truncate(path, Math.floor(size / 2));
  else {
    const file = await open(path, 'r+');
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, Math.floor(size * 0.7));
    await file.write(Buffer.from([byte[0]! ^ 1]), 0, 1, Math.floor(size * 0.7));
    await file.close();
  }
  const server = await FaultyServer.start({ dataDir });
  const seen = await server.ask('/recommendations?user_id=7');
  const { fallback } = seen.body as { fallback?: string | null };
  report.answer('GET /recommendations', seen, `fallback ${fallback}`);
  if (fallback !== 'popular') report.wrong.push('a damaged model answers');
  report.answer('GET /readyz', await server.ask('/readyz'));
  report.process(server);
  await server.stop();
}
