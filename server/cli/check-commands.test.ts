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

test.each([
  ['check-url', '{"uri":"https://shop.example.com/"}', 'magpie: object 1 of the input has no string "url"\n'],
  ['check-robots', '{"robots_txt":"","url":"/"}', 'magpie: object 1 of the input has no string "user_agent"\n'],
  ['check-robots', 'User-agent: *', 'magpie: line 1 of the input is not JSON\n'],
])('%s: what it cannot use is one line on stderr, and a failure', async (command, stdin, message) => {
  const { code, stdout, stderr } = await magpie(command, stdin);
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: message });
});
