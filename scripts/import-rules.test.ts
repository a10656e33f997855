import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importGraph } from './import-graph.ts';
import { violations } from './import-rules.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

test('every import goes in an allowed direction', () => {
  const imports = importGraph(ROOT);
  expect(imports.length).toBeGreaterThan(3000);
  expect(violations(imports)).toEqual([]);
});

test('the demo is imported by one file of the server, when it serves', () => {
  const importers = importGraph(ROOT).filter(
    ({ from, to }) => from.startsWith('server/serve/') && to.startsWith('demo/'),
  );
  expect([...new Set(importers.map(({ from }) => from))]).toEqual(['server/serve/serve.ts']);
});

let tree: string;
beforeEach(async () => {
  tree = await mkdtemp(join(tmpdir(), 'magpie-imports-'));
  await writeFile(join(tree, 'package.json'), await readFile(join(ROOT, 'package.json')));
});
afterEach(() => rm(tree, { recursive: true }));

async function plant(path: string, source: string): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), source);
}

test.each([
  [
    'shared/recommender/scoring/x.ts',
    `import { a } from '../backends/threads/strips.ts';`,
    'shared/recommender/backends/threads/strips.ts',
  ],
  [
    'shared/recommender/training/x.ts',
    `import type { A } from '../backends/webgpu/stages.ts';`,
    'shared/recommender/backends/webgpu/stages.ts',
  ],
  [
    'shared/recommender/training/x.ts',
    `const a = await import('../backends/choose-backend.ts');`,
    'shared/recommender/backends/choose-backend.ts',
  ],
  ['shared/recommender/model/x.ts', `export { a } from '#gpu';`, 'shared/recommender/backends/webgpu/gpu.node.ts'],
  [
    'shared/recommender/model/x.ts',
    `import { money } from '../../prices/money/money.ts';`,
    'shared/prices/money/money.ts',
  ],
  ['shared/recommender/model/x.ts', `type A = import('../../api/events.ts').A;`, 'shared/api/events.ts'],
  [
    'shared/prices/x.ts',
    `export * from '../recommender/model/factor-model.ts';`,
    'shared/recommender/model/factor-model.ts',
  ],
  ['shared/prices/x.ts', `import type { A } from '../api/events.ts';`, 'shared/api/events.ts'],
  ['shared/prices/x.ts', `import { readFile } from 'node:fs/promises';`, 'node:fs/promises'],
  ['shared/prices/x.ts', `import fs from 'fs';`, 'node:fs'],
  ['shared/api/x.ts', `import { useState } from 'react';`, 'npm:react'],
  ['shared/api/x.ts', `import { a } from '../../server/config.ts';`, 'server/config.ts'],
  ['shared/prices/x.ts', `import {\n  a,\n  b,\n} from '../../client/main.tsx';`, 'client/main.tsx'],
  ['client/x.tsx', `import { a } from '../server/config.ts';`, 'server/config.ts'],
  ['client/x.tsx', `import 'node:path';`, 'node:path'],
  ['client/x.tsx', `import { a } from '../demo/demo-records.ts';`, 'demo/demo-records.ts'],
  ['server/x.ts', `const worker = new Worker(new URL('../client/worker.ts', import.meta.url));`, 'client/worker.ts'],
  ['server/shops/x.ts', `import { a } from '../../demo/demo-shops.ts';`, 'demo/demo-shops.ts'],
  ['server/api/x.test.ts', `import type { A } from '../../demo/demo-records.ts';`, 'demo/demo-records.ts'],
  ['demo/x.ts', `import { a } from '../client/main.tsx';`, 'client/main.tsx'],
  ['demo/x.ts', `import { a } from '../shared/prices/money/money.ts';`, 'shared/prices/money/money.ts'],
])('planted in %s, %s is found', async (path, source, target) => {
  await plant(path, source);
  expect(violations(importGraph(tree))).toContain(`${path} must not import ${target}`);
});

test.each([
  ['shared/recommender/scoring/x.test.ts', `import { a } from '../backends/threads/strips.ts';`],
  ['shared/recommender/threads/x.node.ts', `import { Worker } from 'node:worker_threads';`],
  ['shared/prices/x.ts', `import * as cheerio from 'cheerio/slim';`],
  ['shared/prices/x.ts', `// import { a } from '../../server/config.ts';\n/** import('../../server/config.ts') */`],
  ['server/serve/serve.ts', `const { a } = await import('../../demo/demo-shops.ts');`],
])('in %s, %s is fine', async (path, source) => {
  await plant(path, source);
  expect(violations(importGraph(tree))).toEqual([]);
});

test.each([
  ['values', `import { b } from './b.ts';\nexport const a = b;`, `import { a } from './a.ts';\nexport const b = a;`],
  [
    'types',
    `import type { B } from './b.ts';\nexport type A = B;`,
    `import type { A } from './a.ts';\nexport type B = A;`,
  ],
])('a planted cycle of %s is found by the linter', async (_, a, b) => {
  await plant('shared/prices/a.ts', a);
  await plant('shared/prices/b.ts', b);
  await writeFile(join(tree, 'biome.json'), await readFile(join(ROOT, 'biome.json')));
  await writeFile(join(tree, '.gitignore'), 'node_modules\n');
  const { status, stderr } = spawnSync('biome', ['lint', '--only=suspicious/noImportCycles', '.'], {
    cwd: tree,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}` },
  });
  expect(stderr).toContain('This import is part of a cycle');
  expect(status).toBe(1);
});
