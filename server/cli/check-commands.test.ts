import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

/** The command as a script runs it. */
async function magpie(command: string, stdin: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['server/cli.ts', command], { stdio: 'pipe' });
  child.stdin.end(stdin);
  const exit = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? -1)));
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

test('check-url: a line in, a line out', async () => {
  const { code, stdout, stderr } = await magpie(
    'check-url',
    '{"url":"https://shop.example.com/"}\n\n{"url":"http://127.0.0.1/","note":"ignored"}\n{"url":"example.com"}\n',
  );
  expect(stdout.trim().split('\n')).toEqual([
    '{"allowed":true,"reason":null}',
    '{"allowed":false,"reason":"blocked_address"}',
    '{"allowed":false,"reason":"invalid_url"}',
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('check-robots: a line in, a line out', async () => {
  const row = { robots_txt: 'User-agent: *\nCrawl-delay: 2\nDisallow: /cart', user_agent: 'FooBot' };
  const { code, stdout, stderr } = await magpie(
    'check-robots',
    ['https://shop.example/cart', 'https://shop.example/'].map((url) => JSON.stringify({ ...row, url })).join('\n'),
  );
  expect(stdout.trim().split('\n')).toEqual(['{"allowed":false,"crawl_delay":2}', '{"allowed":true,"crawl_delay":2}']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

const GOOD = {
  'check-url': '{"url":"https://a.example/"}',
  'check-robots': '{"robots_txt":"","user_agent":"F","url":"/"}',
};

test.each([
  ['check-url', '{"uri":"https://shop.example.com/"}', 'it has no string "url"'],
  ['check-url', `{"url":"${'a'.repeat(17 * 1024 * 1024)}"}`, 'it is longer than 16 MiB'],
  ['check-robots', '{"robots_txt":"","url":"/"}', 'it has no string "user_agent"'],
  ['check-robots', 'User-agent: *', 'it is not JSON'],
  ['check-robots', '\u0000\ufffd\u0007', 'it is not JSON'],
] as const)('%s: a line that it cannot use fails, and loses no other', async (command, bad, message) => {
  const { code, stdout, stderr } = await magpie(command, `\n${bad}\n${GOOD[command]}`);
  const [first = '', second = ''] = stdout.split('\n');
  expect(JSON.parse(first)).toEqual({ error: message });
  expect(JSON.parse(second)).toMatchObject({ allowed: true });
  expect({ code, stderr }).toEqual({ code: 1, stderr: `magpie: line 2 of the input: ${message}\n` });
});
