/**
 * `npm run check:api`: what takes too long for `npm test`. schemathesis (PyPI) with all its checks on the whole document,
 * ten thousand fuzzed requests, and the Python examples of the guide, each against a server that this script starts.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzz } from './check-api/fuzz.ts';
import { pythonEnvironment } from './check-api/python-environment.ts';
import { runPythonExamples } from './check-api/python-examples.ts';
import { type CheckedServer, startServer } from './check-api/start-server.ts';

const CONFIG = fileURLToPath(new URL('check-api/schemathesis.toml', import.meta.url));

const { values: flags } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    examples: { type: 'string', default: '30' },
  },
});

function run(program: string, parameters: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function schemathesis({ url, token, document }: CheckedServer): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-schemathesis-'));
  const path = join(folder, 'openapi.json');
  await writeFile(path, JSON.stringify(await document()));
  const status = await run(python('schemathesis'), [
    ...['--config-file', CONFIG, 'run', path, '--url', url],
    ...['--header', `Authorization: Bearer ${token}`],
    // All checks are on by default; naming them here would override the exceptions of the configuration.
    ...['--max-examples', flags.examples, '--continue-on-failure'],
  ]);
  await rm(folder, { recursive: true });
  return status === 0 ? [] : [`schemathesis ended with status ${status}`];
}

const python = pythonEnvironment();
const failures: string[] = [];
for (const check of [
  schemathesis,
  (server: CheckedServer) => fuzz(server, Number(flags.requests)),
  (server: CheckedServer) => runPythonExamples(server, python('python')),
]) {
  const server = await startServer();
  failures.push(...(await check(server)));
  await server.close();
}
for (const failure of failures) console.error(failure);
console.log(failures.length === 0 ? 'The API keeps to its document.' : `${failures.length} failures.`);
process.exitCode = failures.length === 0 ? 0 : 1;
