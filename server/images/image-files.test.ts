import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ImageFiles } from './image-files.ts';

const DAY_S = 24 * 60 * 60;

describe('the files of pictures', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'magpie-images-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('are there for the next process too, whatever the address looks like', async () => {
    const url = `https://shop.example/../../${'é/'.repeat(500)}`;
    await new ImageFiles(folder).set(url, Buffer.from('picture'));
    expect((await new ImageFiles(folder).get(url))?.toString()).toBe('picture');
    expect(await new ImageFiles(folder).get(`${url}x`)).toBeNull();
  });

  test('are looked at again after a week', async () => {
    const files = new ImageFiles(folder);
    await files.set('u', Buffer.from('old'));
    const [name = ''] = await readdir(folder);
    await utimes(join(folder, name), new Date(), Date.now() / 1000 - 8 * DAY_S);
    expect(await files.get('u')).toBeNull();
    await files.set('u', Buffer.from('new'));
    expect((await files.get('u'))?.toString()).toBe('new');
  });

  test('are bounded: the oldest go, those of an earlier process too', async () => {
    const before = new ImageFiles(folder, 10_000);
    await before.set('first', Buffer.alloc(2000));
    const files = new ImageFiles(folder, 10_000);
    for (let n = 0; n < 40; n += 1) {
      await files.set(`picture ${n}`, Buffer.alloc(1000, n));
      expect((await readdir(folder)).length * 1000).toBeLessThanOrEqual(10_000);
    }
    expect(await files.get('first')).toBeNull();
    expect(await files.get('picture 39')).toEqual(Buffer.alloc(1000, 39));
  });
});
