import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ShopRegistry } from './registry.ts';

let folder: string;
let told: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-shops-'));
  told = [];
});
afterEach(() => rm(folder, { recursive: true }));

const declare = (file: string, change: Record<string, unknown> = {}) =>
  writeFile(
    join(folder, file),
    JSON.stringify({ id: 'a', name: 'A', adapter: 'woocommerce', url: 'https://a.example', ...change }),
  );
const open = (folders = [folder]) => new ShopRegistry({ folders, onProblem: ({ message }) => told.push(message) });
const idsOf = async (registry: ShopRegistry) => (await registry.current()).enabled.map(({ adapter }) => adapter.id);
const nextCheck = () => new Promise((resolve) => setTimeout(resolve, 1050));

describe('the shop registry', () => {
  it('knows every shop that is declared, in all of its folders, and those that are not asked', async () => {
    const other = join(folder, 'demo');
    await mkdir(other);
    await declare('b.json', { id: 'b' });
    await declare('demo/a.json');
    await declare('off.json', { id: 'off', enabled: false });
    await writeFile(join(folder, 'notes.txt'), 'no declaration');
    const { enabled, disabled, problems } = await open([folder, other, join(folder, 'missing')]).current();
    expect(enabled.map(({ declaration }) => declaration.id)).toEqual(['a', 'b']);
    expect(disabled.map(({ declaration }) => declaration.id)).toEqual(['off']);
    expect(problems).toEqual([]);
  });

  it('leaves out a faulty declaration, names its file, and goes on with the others', async () => {
    await declare('a.json');
    await declare('faulty.json', { id: 'b', url: 'nowhere' });
    await writeFile(join(folder, 'torn.json'), '{"id":');
    const registry = open();
    expect(await idsOf(registry)).toEqual(['a']);
    expect(told).toHaveLength(2);
    expect(told[0]).toContain(`${join(folder, 'faulty.json')} cannot be used: url: expected`);
    expect(told[1]).toContain(`${join(folder, 'torn.json')} is not JSON`);
  });

  it('refuses a second declaration with the same id, whichever was first by file name', async () => {
    await declare('1.json', { name: 'First' });
    await declare('2.json', { name: 'Second' });
    const { enabled, problems } = await open().current();
    expect(enabled.map(({ declaration }) => declaration.name)).toEqual(['First']);
    expect(problems[0]?.message).toContain(`"a" is taken by ${join(folder, '1.json')}`);
  });

  it('takes up new, changed and removed files while running, and tells a fault once', async () => {
    await declare('a.json');
    await writeFile(join(folder, 'torn.json'), '{');
    const registry = open();
    const before = await registry.current();
    await declare('b.json', { id: 'b' });
    await nextCheck();
    const after = await registry.current();
    expect(after.enabled.map(({ adapter }) => adapter.id)).toEqual(['a', 'b']);
    expect(after.version).not.toBe(before.version);

    await rm(join(folder, 'a.json'));
    await declare('torn.json', { id: 'c' });
    await nextCheck();
    expect(await idsOf(registry)).toEqual(['b', 'c']);
    expect(told).toHaveLength(1);
  });

  it('has the same version after a restart', async () => {
    await declare('a.json');
    expect((await open().current()).version).toBe((await open().current()).version);
  });
});
