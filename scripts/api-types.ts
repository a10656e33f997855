/** `npm run api`: writes the client's types from the document of the API. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint } from '../server/api/document/fingerprint.ts';
import { startServer } from './check-api/start-server.ts';

const TYPES = fileURLToPath(new URL('../shared/api-client/src/schema.ts', import.meta.url));

/** It needs the compiler's API of TypeScript 5, which 7 has no more: both are fetched for the moment. */
const GENERATOR = [
  '--yes',
  '--package',
  'openapi-typescript@7.13.0',
  '--package',
  'typescript@5.9',
  'openapi-typescript',
];

const folder = mkdtempSync(join(tmpdir(), 'magpie-api-'));
const server = await startServer();
const document = await (await fetch(`${server.url}/openapi.json`)).text();
await server.close();
const path = join(folder, 'openapi.json');
const types = join(folder, 'schema.ts');
writeFileSync(path, document);
execFileSync('npx', [...GENERATOR, path, '--output', types], { stdio: 'inherit', cwd: folder });
const head = `// Made by "npm run api" from the document with the fingerprint ${fingerprint(JSON.parse(document))}.\n`;
writeFileSync(TYPES, head + readFileSync(types, 'utf8'));
rmSync(folder, { recursive: true });
