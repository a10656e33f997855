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
  ['parse-price', { price: ['1'] }, 'magpie: object 1 of the input has a "price" that is no string\n'],
  ['match', { left: { title: 'a' } }, 'magpie: object 1 of the input has no object "right"\n'],
  [
    'match',
    { left: { title: 'a' }, right: {} },
    'magpie: "right" of object 1 of the input has no "title" and no "name"\n',
  ],
])('%s: what it cannot use is one line on stderr, and a failure', async (command, line, message) => {
  const { code, rows, stderr } = await magpie(command, [line]);
  expect({ code, rows, stderr }).toEqual({ code: 1, rows: [], stderr: message });
});
