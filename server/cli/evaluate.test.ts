import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const DATA = process.env['MAGPIE_DATA'];
const interactions = (path: string): string => join(DATA ?? '', 'interactions', path);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-evaluate-'));
  // What even users like, odd ones do not, and the other way round.
  const [train, held] = [['user_id,item_id,rating'], ['user_id,item_id,rating']];
  for (let user = 0; user < 40; user++) {
    for (let item = 0; item < 20; item++) {
      ((user + 3 * item) % 7 === 0 ? held : train).push(`u${user},i${item},${user % 2 === item % 2 ? 5 : 1}`);
    }
  }
  await writeFile(join(folder, 'train.csv'), train.join('\n'));
  await writeFile(join(folder, 'test.csv'), held.join('\n'));
  const likes = (lines: string[]): string =>
    lines
      .filter((line) => !line.endsWith(',1'))
      .join('\n')
      .replaceAll(',5', ',1');
  await writeFile(join(folder, 'likes.csv'), likes(train));
  await writeFile(join(folder, 'likes-test.csv'), likes(held));
  const huge = ['user_id,item_id,rating', 'u1,i1,1e30', 'u1,i2,2e30', 'u2,i1,3e38', 'u2,i2,1e38'];
  await writeFile(join(folder, 'huge.csv'), huge.join('\n'));
  await writeFile(join(folder, 'malformed.csv'), 'user_id,item_id,rating\nu1,i1,many\n');
});
afterAll(() => rm(folder, { recursive: true }));

interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

async function evaluate(...args: string[]): Promise<Result> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, 'evaluate', ...args]);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Result;
    return { code, stdout, stderr };
  }
}

const own = (train: string, held: string, ...rest: string[]): Promise<Result> =>
  evaluate('--train', join(folder, train), '--test', join(folder, held), '--threads', '1', ...rest);

describe('magpie evaluate', () => {
  test('gives RMSE for ratings', async () => {
    const { stdout, stderr } = await own('train.csv', 'test.csv', '--factors', '3', '--lambda', '0.01', '--json');
    const { rmse, seconds, feedback } = JSON.parse(stdout) as Record<string, number>;
    expect(rmse).toBeLessThan(0.2);
    expect(seconds).toBeGreaterThan(0);
    expect(feedback).toBe('explicit');
    expect(stderr).toBe('');
  });

  test('gives recall, NDCG and MAP at k for events', async () => {
    const { stdout } = await own(
      'likes.csv',
      'likes-test.csv',
      '--factors',
      '3',
      '--k',
      '3',
      '--algorithm',
      'als',
      '--json',
    );
    const { recall, ndcg, map, users, k } = JSON.parse(stdout) as Record<string, number>;
    expect(recall).toBeGreaterThan(0.9);
    expect(ndcg).toBeGreaterThan(0.7);
    expect(map).toBeGreaterThan(0.6);
    expect([users, k]).toEqual([40, 3]);
  });

  test('gives a line for people without --json', async () => {
    const { stdout } = await own('train.csv', 'test.csv', '--backend', 'reference', '--factors', '2');
    expect(stdout).toMatch(/^RMSE \d\.\d{4} · trained in \d+\.\d\d s on reference\n$/);
  });

  test.for<[string, string[], RegExp]>([
    ['a malformed row', ['malformed.csv', 'test.csv'], /malformed\.csv, line 2: its rating "many" is not a number/],
    ['a file that is not there', ['train.csv', 'none.csv'], /none\.csv cannot be read: there is no such file/],
    [
      'a number of factors out of range',
      ['train.csv', 'test.csv', '--factors', '500'],
      /factors is 500, but must be a whole number from 1 to 128/,
    ],
    ['no sense of a confidence', ['likes.csv', 'likes-test.csv', '--confidence', 'lots'], /"lots" is not understood/],
    ['a training that diverges', ['huge.csv', 'test.csv', '--lambda', '0'], /grown beyond all numbers|diverged/],
    ['a k of nothing', ['likes.csv', 'likes-test.csv', '--k', '0'], /--k must be a whole number above 0/],
  ])('says in one line what is wrong with %s', async ([, [train = '', held = '', ...rest], message]) => {
    const { code, stdout, stderr } = await own(train, held, ...rest);
    expect(code).toBeGreaterThan(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

const isThere = DATA !== undefined && existsSync(interactions('ml-100k'));
const why = isThere ? '' : ' (skipped: MAGPIE_DATA does not name a folder with interactions/ml-100k)';

describe.skipIf(!isThere)(`on real data${why}`, () => {
  test.for(['als', 'als-ncg'])(
    'the five MovieLens 100K folds have a mean RMSE of at most .927 with %s',
    { timeout: 120_000 },
    async (algorithm) => {
      let sum = 0;
      for (const fold of [1, 2, 3, 4, 5]) {
        const [train, held] = ['base', 'test'].map((part) => interactions(`ml-100k/u${fold}.${part}.csv.gz`)) as [
          string,
          string,
        ];
        const { stdout } = await evaluate(
          ...['--train', train, '--test', held, '--feedback', 'explicit', '--algorithm', algorithm],
          ...['--factors', '10', '--lambda', '0.1', '--iterations', '20', '--json'],
        );
        sum += (JSON.parse(stdout) as { rmse: number }).rmse;
      }
      expect(sum / 5).toBeLessThanOrEqual(0.927);
    },
  );

  test('Online Retail has a Recall@20 of at least .085', { timeout: 120_000 }, async () => {
    const [train, held] = ['train', 'test'].map((part) => interactions(`online-retail/${part}.csv.gz`)) as [
      string,
      string,
    ];
    const { stdout } = await evaluate(
      ...['--train', train, '--test', held, '--feedback', 'implicit', '--factors', '64'],
      ...['--lambda', '0.01', '--alpha0', '0.1', '--iterations', '8', '--json'],
    );
    expect((JSON.parse(stdout) as { recall: number }).recall).toBeGreaterThanOrEqual(0.085);
  });
});
