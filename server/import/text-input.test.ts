import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OperatorError } from '../operator-error.ts';
import { type InputOptions, textOf } from './text-input.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-text-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(bytes: Uint8Array, options: InputOptions = {}, name = 'file.csv'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return (await Array.fromAsync(textOf(path, options))).join('');
}

const NAMES = 'user_id\nMüller\nMöller\nMäller\n';

describe('the text of a file', () => {
  test.for<[string, Uint8Array, string | undefined]>([
    ['UTF-8', Buffer.from(NAMES), undefined],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${NAMES}`), undefined],
    ['UTF-16, little-endian, by its byte order mark', iconv.encode(NAMES, 'utf-16le', { addBOM: true }), undefined],
    ['UTF-16, big-endian, by its byte order mark', iconv.encode(NAMES, 'utf-16be', { addBOM: true }), undefined],
    ['Windows-1252, as it is told', iconv.encode(NAMES, 'windows-1252'), 'windows-1252'],
    ['DOS, as it is told', iconv.encode(NAMES, 'cp850'), 'cp850'],
    ['UTF-8, as it is told', Buffer.from(NAMES), 'UTF-8'],
  ])('in %s is read as it was written', async ([, bytes, encoding]) => {
    expect(await read(bytes, { encoding })).toBe(NAMES);
  });

  test('is the same wherever its bytes are cut', async () => {
    const text = 'é€🦩'.repeat(60_000);
    expect(await read(gzipSync(text), {}, 'file.txt.gz')).toBe(text);
    expect(await read(Buffer.from(`x${text}`))).toBe(`x${text}`);
  });

  test('that says in an XML declaration what it is in, is read so', async () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><title>Müller</title>';
    expect(await read(iconv.encode(xml, 'latin1'))).toBe(xml);
    const odd = '<?xml version="1.0" encoding="klingon"?><title/>';
    await expect(read(Buffer.from(odd))).rejects.toThrow(
      /^the encoding "klingon", which .* says it is in, is not known/,
    );
  });

  test.for<[string, string, RegExp]>([
    ['windows-1252', NAMES, /windows-1252 would read "Müller" there/],
    ['cp850', NAMES, /cp850 would read "Müller" there/],
    ['macintosh', NAMES, /macintosh would read "Müller" there/],
    ['windows-1251', 'user_id\nАнна\nОльга\n', /encoding what it is: windows-1251 would read "Анна" there/],
    ['shift_jis', 'user_id\n田中\n鈴木\n', /shift_jis would read "田中" there/],
  ])('in %s is refused until it is told, and the error proposes that', async ([encoding, text, message]) => {
    const bytes = iconv.encode(text, encoding);
    await expect(read(bytes)).rejects.toThrow(OperatorError);
    await expect(read(bytes)).rejects.toThrow(
      /file\.csv, line 2: this is not UTF-8, so say with --encoding what it is: /,
    );
    await expect(read(bytes)).rejects.toThrow(message);
  });

  test('that is broken late is refused with its line', async () => {
    const bytes = Buffer.concat([Buffer.from('Müller,1\n'.repeat(30_000)), Buffer.from([0x4d, 0xfc, 0x0a])]);
    await expect(read(bytes)).rejects.toThrow(/line 30001: this is not UTF-8/);
    await expect(read(Buffer.from([0x61, 0xc3]))).rejects.toThrow(/line 1: this is not UTF-8/);
  });

  test('in another encoding than it is told is refused, where that can be seen', async () => {
    const bytes = iconv.encode(NAMES, 'cp850');
    await expect(read(bytes, { encoding: 'windows-1252' })).rejects.toThrow(
      /line 2: there are bytes that windows-1252 does not have/,
    );
    await expect(read(bytes, { encoding: 'utf8' })).rejects.toThrow(/line 2: this is not UTF-8/);
    await expect(read(bytes, { encoding: 'klingon' })).rejects.toThrow(/^--encoding klingon is not known/);
  });

  test('of a folder is an error', async () => {
    await expect(Array.fromAsync(textOf(folder, {}))).rejects.toThrow(/cannot be read: it is a folder$/);
  });
});

describe('a named pipe', () => {
  const pipeAt = (name: string): string => {
    const path = join(folder, name);
    execFileSync('mkfifo', [path]);
    return path;
  };

  test('without a writer is said after a second, and read once there is one', async () => {
    const path = pipeAt('late.csv');
    const { promise: told, resolve: onWait } = Promise.withResolvers<string>();
    const text = Array.fromAsync(textOf(path, { onWait }));
    expect(await told).toBe(`waiting for a writer at ${path}`);
    await writeFile(path, NAMES);
    expect((await text).join('')).toBe(NAMES);
  });

  test('without a writer can be given up', async () => {
    const stop = new AbortController();
    const text = Array.fromAsync(textOf(pipeAt('never.csv'), { signal: stop.signal }));
    stop.abort(new OperatorError('stopped'));
    await expect(text).rejects.toThrow('stopped');
  });

  test('without a writer keeps no command from being interrupted', async () => {
    const cli = fileURLToPath(new URL('../cli.ts', import.meta.url));
    const env = { ...process.env, MAGPIE_DATA_DIR: join(folder, 'data'), DATABASE_URL: '', REDIS_URL: '' };
    const pipes = [pipeAt('events.csv'), pipeAt('ratings.csv')];
    const commands = [
      ['import', 'events', 'csv', pipes[0]!],
      ['train', '--ratings', pipes[1]!, '--out', join(folder, 'm.safetensors'), '--threads', '1'],
    ];
    for (const [i, args] of commands.entries()) {
      const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
      const [line] = (await once(child.stderr, 'data')) as [Buffer];
      expect(line.toString()).toBe(`waiting for a writer at ${pipes[i]}\n`);
      child.kill('SIGINT');
      await once(child, 'close');
    }
  });
});
