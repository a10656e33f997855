import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

/** The command as a script runs it. */
async function magpie(command: string, lines: unknown[]): Promise<{ code: number; rows: unknown[]; stderr: string }> {
  const child = spawn(process.execPath, ['server/cli.ts', command, '--json'], { stdio: 'pipe' });
  child.stdin.end(lines.map((line) => JSON.stringify(line)).join('\n'));
  const exit = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? -1)));
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  const rows = stdout.split('\n').filter(Boolean);
  return { code, rows: rows.map((row): unknown => JSON.parse(row)), stderr };
}

test('parse-price: a line in, a line out', async () => {
  const { code, rows } = await magpie('parse-price', [
    { price: '1.299,00 €', seen: 'ignored' },
    { price: '199', currency_hint: 'SEK' },
    { price: '140.000', decimal_separator: '.' },
    { price: null, currency_hint: '$' },
    { price: 'Sold out' },
  ]);
  expect(rows).toEqual([
    { amount: '1299.00', currency: 'EUR' },
    { amount: '199', currency: 'SEK' },
    { amount: '140.000', currency: null },
    { amount: null, currency: 'USD' },
    { amount: null, currency: null },
  ]);
  expect(code).toBe(0);
});

test('match: title or name, brand or manufacturer, prices as numbers, texts or money', async () => {
  const { code, rows } = await magpie('match', [
    { left: { title: 'Sony WH-1000XM5', price: 329 }, right: { name: 'sony wh1000xm5 headphones', price: '$ 349.00' } },
    { left: { name: 'Apple iPhone 15 128GB' }, right: { name: 'Apple iPhone 15 256GB' } },
    {
      left: { title: 'Pen', gtin: '4006381333931', price: { amount: '1.20', currency: 'EUR' } },
      right: { title: 'Stabilo', manufacturer: 'Stabilo', gtin: '04006381333931', price: '£1.10' },
    },
  ]);
  expect(rows).toMatchObject([{ same: true }, { same: false }, { same: true, score: 0.995 }]);
  expect(code).toBe(0);
});

test.each([
  ['parse-price', { price: ['1'] }, { price: '1 €' }, 'its "price" is no string'],
  ['match', { left: { title: 'a' } }, { left: { title: 'a' }, right: { title: 'b' } }, 'it has no object "right"'],
  [
    'match',
    { left: { title: 'a' }, right: {} },
    { left: { title: 'a' }, right: { title: 'b' } },
    'its "right" has no "title" and no "name"',
  ],
])('%s: a line that it cannot use fails, and loses no other', async (command, bad, good, message) => {
  const { code, rows, stderr } = await magpie(command, [good, bad, good]);
  expect(rows).toHaveLength(3);
  expect(rows[1]).toEqual({ error: message });
  expect(rows[2]).toEqual(rows[0]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: `magpie: line 2 of the input: ${message}\n` });
});

test('parse-price: whoever has read enough may go', async () => {
  const child = spawn(process.execPath, ['server/cli.ts', 'parse-price'], { stdio: 'pipe' });
  child.stdin.on('error', () => {});
  child.stdin.end('{"price":"1 €"}\n'.repeat(50_000));
  child.stdout.once('data', () => child.stdout.destroy());
  const exit = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? -1)));
  const [code, stderr] = await Promise.all([exit, text(child.stderr)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
