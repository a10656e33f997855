import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const HTML = `<title>Kettle</title><link rel="canonical" href="https://shop.example.ca/p/1"><h1>Kettle\u001b[31m</h1>
<p class="price"><s>$59.00</s> <b>$49.00</b></p><p>SKU: K-17</p><button>Add to cart</button><img itemprop="image" src="/k.jpg">`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-extract-'));
  writeFileSync(join(folder, 'page.html'), HTML);
  writeFileSync(join(folder, 'page.html.gz'), gzipSync(HTML));
  const latin =
    '<meta charset="iso-8859-1"><h1>Kettle f\xfcr Tee</h1><p class="price">\xa349.00</p><button>Buy now</button>';
  writeFileSync(join(folder, 'latin.html'), Buffer.from(latin, 'latin1'));
  writeFileSync(join(folder, 'broken.html.gz'), gzipSync(HTML).subarray(0, 40));
  writeFileSync(join(folder, 'huge.html'), HTML);
  truncateSync(join(folder, 'huge.html'), 65 * 1024 * 1024);
  const cards = [1, 2, 3, 4, 5].map(
    (n) => `<li class="card"><a href="/p/${n}"><h3>Kettle ${n}</h3></a><span class="price">$1${n}.00</span></li>`,
  );
  writeFileSync(join(folder, 'list.html'), `<html lang="en-US"><h1>Kettles</h1><ul>${cards.join('')}</ul>`);
  writeFileSync(join(folder, 'empty.html'), '');
  writeFileSync(join(folder, 'binary.html'), Buffer.from([0, 255, 254, 0, 137, 80, 78, 71, 0, 60, 0]));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The command as a script runs it. */
async function extract(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(process.cwd(), 'server/cli.ts'), 'extract', ...args], { cwd: folder });
  const exit = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? -1)));
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

describe('magpie extract', () => {
  test('prints one object per page, of plain and of compressed files', async () => {
    const { code, stdout, stderr } = await extract('--json', 'page.html', 'page.html.gz');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ file }) => file)).toEqual(['page.html', 'page.html.gz']);
    expect(rows[1]).toMatchObject({
      kind: 'product',
      price: { amount: '49.00', currency: 'CAD' },
      list_price: { amount: '59.00', currency: 'CAD' },
      availability: 'InStock',
      sku: 'K-17',
      brand: null,
      gtin: null,
      mpn: null,
      evidence: { price: [{ source: 'visible-price' }], list_price: [{ raw: '$59.00' }] },
    });
  });

  test('shows the offers of a list page', async () => {
    const { stdout } = await extract('--json', '--url', 'https://shop.example/kettles', 'list.html');
    const { kind, price, items } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ kind, price }).toEqual({ kind: 'list', price: null });
    expect(items).toHaveLength(5);
    expect(items).toContainEqual({
      title: 'Kettle 2',
      url: 'https://shop.example/p/2',
      price: { amount: '12.00', currency: 'USD' },
      image: null,
    });
    const { stdout: table } = await extract('--url', 'https://shop.example/kettles', 'list.html');
    expect(table).toMatch(/12\.00 USD\s+Kettle 2\s+https:\/\/shop\.example\/p\/2/);
  });

  test('takes the address that is given, and refuses what is none', async () => {
    const { stdout } = await extract('--json', '--url', 'https://shop.example.com.au/p/1', 'page.html');
    expect(JSON.parse(stdout)).toMatchObject({ price: { currency: 'AUD' } });
    const refused = await extract('--url', 'shop', 'page.html');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('no http(s) address');
  });

  test('names the files that cannot be read on one line each, does the others, and fails', async () => {
    const { code, stdout, stderr } = await extract(
      '--json',
      'missing.html',
      '.',
      'broken.html.gz',
      'huge.html',
      'page.html',
    );
    expect(code).toBe(1);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toBe(
      'magpie: missing.html cannot be read: there is no such file\n' +
        'magpie: . cannot be read: it is a folder\n' +
        'magpie: broken.html.gz cannot be read: it is damaged (not whole gzip data)\n' +
        'magpie: huge.html cannot be read: it holds more than 64 MiB\n',
    );
  });

  test('can tell nothing from an empty file, nor from one that is no page', async () => {
    const { code, stdout } = await extract('--json', 'empty.html', 'binary.html');
    expect(code).toBe(0);
    for (const line of stdout.trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ kind: 'unknown', price: null, availability: null, list_price: null });
    }
  });

  test('reads the page in its own charset', async () => {
    expect(JSON.parse((await extract('--json', 'latin.html')).stdout)).toMatchObject({
      title: 'Kettle für Tee',
      price: { amount: '49.00', currency: 'GBP' },
    });
  });

  test('prints a table for people, without letting the page command the terminal', async () => {
    const { stdout } = await extract('page.html');
    expect(stdout).toMatch(/^page\.html \(product page\)\n/);
    expect(stdout).toMatch(/price +49\.00 CAD +visible-price 0\.\d\d/);
    expect(stdout).not.toContain('\u001b');
  });
});
