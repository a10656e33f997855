import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort } from './testing/service-process.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Answers `/readyz` with this status and everything else with 404. @returns its port. */
async function startStatus(status: number, host = '127.0.0.1'): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/readyz') response.writeHead(status).end('{"store":false}');
    else response.writeHead(404).end();
  });
  server.listen(0, host);
  await once(server, 'listening');
  open.push(() => new Promise((resolve) => server.close(resolve)));
  return String((server.address() as AddressInfo).port);
}

function healthcheck(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['server/healthcheck.ts'], { env }, (error, _, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stderr: stderr.trim() }),
    );
  });
}

test.each([
  ['an API at its port', '0.0.0.0', (port: string) => ({ PORT: port, HOST: '0.0.0.0', MAGPIE_STATUS_PORT: '' })],
  ['an API on loopback, the default', '127.0.0.1', (port: string) => ({ PORT: port })],
  ['an API on IPv6', '::1', (port: string) => ({ PORT: port, HOST: '::' })],
  ['a worker at its status port', '127.0.0.1', (port: string) => ({ MAGPIE_STATUS_PORT: port, PORT: '1' })],
  [
    'a worker at an address of its own',
    '::1',
    (port: string) => ({ MAGPIE_STATUS_PORT: port, MAGPIE_STATUS_HOST: '::1', HOST: '0.0.0.0' }),
  ],
])('asks %s whether it is ready', async (_, host, environment) => {
  expect(await healthcheck(environment(await startStatus(200, host)))).toEqual({ code: 0, stderr: '' });
  const unready = await healthcheck(environment(await startStatus(503, host)));
  expect(unready).toMatchObject({ code: 1, stderr: expect.stringContaining('/readyz answers 503: {"store":false}') });
});

test('fails with the address where nothing listens', async () => {
  const port = await freePort();
  const { code, stderr } = await healthcheck({ PORT: String(port) });
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/readyz does not answer: .*ECONNREFUSED`));
});
