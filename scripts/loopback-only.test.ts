import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-egress-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What a process prints, and the hosts that it was refused. */
async function run(script: string): Promise<{ printed: string; refused: string[] }> {
  const log = join(folder, 'egress.log');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--import ${new URL('./loopback-only.ts', import.meta.url).href}`,
      MAGPIE_TEST_EGRESS_LOG: log,
    },
  });
  const printed = await text(child.stdout);
  const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return { printed, refused: lines.map((line) => line.split(' ')[0] ?? '') };
}

const CONNECTED = `.on('connect', () => console.log('connected')).on('error', (error) => console.log(error.code));`;

test.each([
  ['fetch by address', `await fetch('http://192.0.2.1/').catch(({ cause }) => console.log(cause.code));`, '192.0.2.1'],
  [
    'fetch by name',
    `await fetch('http://bank.example/').catch(({ cause }) => console.log(cause.code));`,
    'bank.example',
  ],
  ['a socket', `import net from 'node:net'; net.connect(80, '192.0.2.1')${CONNECTED}`, '192.0.2.1'],
  [
    'an IPv6 socket',
    `import net from 'node:net'; net.connect({ port: 80, host: '2001:db8::1' })${CONNECTED}`,
    '2001:db8::1',
  ],
  ['TLS', `import tls from 'node:tls'; tls.connect({ port: 443, host: 'bank.example' })${CONNECTED}`, 'bank.example'],
  [
    'a look-up',
    `import { lookup } from 'node:dns'; lookup('bank.example', (error) => console.log(error.code));`,
    'bank.example',
  ],
  [
    'a look-up by promise',
    `import { lookup } from 'node:dns/promises'; await lookup('bank.example').catch((error) => console.log(error.code));`,
    'bank.example',
  ],
  [
    'a look-up of its own',
    `import net from 'node:net';
     net.connect({ port: 80, host: 'bank.example', lookup: (_, { all }, done) =>
       all ? done(null, [{ address: '192.0.2.1', family: 4 }]) : done(null, '192.0.2.1', 4) })${CONNECTED}`,
    '192.0.2.1',
  ],
  [
    'a thread',
    `import { Worker } from 'node:worker_threads';
     new Worker("fetch('http://192.0.2.1/').catch(({ cause }) => console.log(cause.code))", { eval: true });`,
    '192.0.2.1',
  ],
  [
    'a child',
    `import { spawnSync } from 'node:child_process';
     const script = "fetch('http://192.0.2.1/').catch(({ cause }) => console.log(cause.code))";
     spawnSync(process.execPath, ['--eval', script], { stdio: 'inherit' });`,
    '192.0.2.1',
  ],
])('%s to another machine is refused and written down', async (_, script, host) => {
  expect(await run(script)).toEqual({ printed: 'ECONNREFUSED\n', refused: [host] });
});

test('this machine is reached, by address and by name', async () => {
  const server = createServer((_, response) => response.end('here'));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const script = `for (const host of ['127.0.0.1', 'localhost']) console.log(await (await fetch('http://' + host + ':${port}')).text());`;
  expect(await run(script)).toEqual({ printed: 'here\nhere\n', refused: [] });
  server.close();
});

test('a name may lead to this machine', async () => {
  const script = `import net from 'node:net';
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const lookup = (_, { all }, done) => (all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4));
      net.connect({ port: server.address().port, host: 'shop.example', lookup }).on('connect', () => {
        console.log('connected');
        process.exit();
      });
    });`;
  expect(await run(script)).toEqual({ printed: 'connected\n', refused: [] });
});
