import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-recommend-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function magpie(...args: string[]): Promise<string> {
  const env = { ...process.env, MAGPIE_DATA_DIR: join(folder, 'data'), DATABASE_URL: '', REDIS_URL: '' };
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], { env });
  return stdout;
}

// Each command starts a process of its own.
describe('magpie recommend --all', { timeout: 60_000 }, () => {
  test('writes every shopper’s best unseen items, best first', async () => {
    const rows = ['user_id,item_id,rating'];
    for (let user = 0; user < 30; user++) {
      for (let item = 0; item < 20; item++) {
        if ((user + 3 * item) % 4 < 2) rows.push(`"u,${user}",i${item},${user % 2 === item % 2 ? 5 : 1}`);
      }
    }
    await writeFile(join(folder, 'ratings.csv'), rows.join('\n'));
    await magpie('import', 'events', 'csv', join(folder, 'ratings.csv'));
    await magpie('train', '--feedback', 'explicit', '--factors', '3', '--iterations', '6', '--backend', 'threads');

    const out = join(folder, 'lists.csv');
    const answer = JSON.parse(await magpie('recommend', '--all', '--out', out, '-n', '4', '--json'));
    expect(answer).toMatchObject({ users: 30, out });
    const [header, ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\n');
    expect(header).toBe('user_id,rank,item_id,score');
    expect(lines).toHaveLength(30 * 4);
    const lists = Map.groupBy(lines, (line) => /^"(u,\d+)",/.exec(line)![1]!);
    expect(lists.size).toBe(30);
    for (const [user, list] of lists) {
      const fields = list.map((line) => line.slice(user.length + 3).split(','));
      expect(fields.map(([rank]) => rank)).toEqual(['1', '2', '3', '4']);
      const scores = fields.map(([, , score]) => Number(score));
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      const seen = new Set(rows.filter((row) => row.startsWith(`"${user}",`)).map((row) => row.split(',')[2]));
      for (const [, item] of fields) expect(seen.has(item)).toBe(false);
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('says what is missing', async () => {
    await expect(magpie('recommend')).rejects.toThrow(/say for whom: --user ID, or --all --out FILE/);
    await expect(magpie('recommend', '--all')).rejects.toThrow(/--all goes with --out FILE/);
    await expect(magpie('recommend', '--all', '--out', join(folder, 'x.csv'))).rejects.toThrow(
      /there is no model yet: "magpie train" makes one/,
    );
  });
});
