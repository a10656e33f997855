import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { STOP_AT_LATEST_MS } from '../../server/cli/serve.ts';
import { readDockerIgnore } from './docker-ignore.ts';
import { allInstructions, readDockerfile } from './dockerfile.ts';

const compose = readFileSync('docker-compose.yml', 'utf8');
const stages = readDockerfile(readFileSync('Dockerfile', 'utf8'));
const isIgnored = readDockerIgnore(readFileSync('.dockerignore', 'utf8'));

describe('.dockerignore', () => {
  test.each([
    ['secrets', ['.env', '.env.production', 'client/.env.local', 'key.pem', 'certificates/server.key']],
    ['data', ['data/magpie.db', 'data/signing-secret', 'magpie.db', 'old/magpie.db-wal']],
    [
      'tests',
      [
        'server/serve/serve.test.ts',
        'client/home/home.browser.test.tsx',
        'server/testing/start-redis.ts',
        'e2e/app.spec.ts',
      ],
    ],
    ['measurements and prose', ['bench/recommender.ts', 'docs/operator-guide.md', 'README.md']],
    ['what is made anew', ['node_modules/hono/package.json', 'client/node_modules/x', 'dist/client/index.html']],
    ['the repository', ['.git/config', '.ci/run']],
  ])('leaves out %s', (_, paths) => {
    expect(paths.filter((path) => !isIgnored(path))).toEqual([]);
  });

  test('lets through what the app and the server are built from and run from', () => {
    const needed = [
      ...[
        'package.json',
        'package-lock.json',
        'vite.config.ts',
        'LICENSE',
        'scripts/slim-wgsl.ts',
        'client/index.html',
      ],
      ...['server/cli.ts', 'server/healthcheck.ts', 'demo/demo-shops.ts', 'demo/declarations/voltari.json'],
      ...['shared/api/jobs.ts', 'shaders/index.node.ts', 'tsconfig.json', 'e2e/tsconfig.json'],
    ];
    expect(needed.filter((path) => !existsSync(path) || isIgnored(path))).toEqual([]);
  });
});

describe('Dockerfile', () => {
  test.each(['runtime', 'runtime-chromium', 'runtime-vulkan', 'default'])('%s ends as a user by number', (target) => {
    const user = allInstructions(stages, target).findLast(({ name }) => name === 'USER');
    expect(user?.text).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  test('what the server imports stays when the packages of the build are removed', () => {
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const sources = globSync('{server,shared,shaders,demo}/**/*.ts').filter(
      (path) => !isIgnored(path) && !/\.(web|d)\.ts$/.test(path),
    );
    const imported = sources.flatMap((path) =>
      [
        ...readFileSync(path, 'utf8').matchAll(
          /^import (?!type )(?:[^'{]|\{[^}]*\})*'([^'.#]+)'|import\('([^'.#]+)'\)/gm,
        ),
      ]
        .map(([, fixed, dynamic]) => (fixed ?? dynamic)!)
        .filter((name) => !name.startsWith('node:'))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        ),
    );
    expect(imported).toContain('iconv-lite');
    expect([...new Set(imported)].filter((name) => !(name in dependencies || name in optionalDependencies))).toEqual(
      [],
    );
  });

  test('the last stage, made without --target, is the runtime', () => {
    expect(stages.at(-1)).toEqual({ name: 'default', from: 'runtime', instructions: [] });
  });

  test('what its health check and its command run is there', () => {
    const commands = allInstructions(stages, 'default').filter(({ name }) => ['CMD', 'HEALTHCHECK'].includes(name));
    const files = commands.flatMap(({ text }) => text.match(/[\w/]+\.ts/g) ?? []);
    expect(files).toEqual(['server/healthcheck.ts', 'server/cli.ts']);
    for (const file of files) expect(existsSync(file)).toBe(true);
  });
});

describe('docker-compose.yml', () => {
  test('has no password of its own, and no default for one', () => {
    const values = [...compose.matchAll(/^\s*\w*(?:PASSWORD|SECRET|AUTH)\w*: *(.*)$/gm)].map(([, value]) => value);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(value).toMatch(/^\$\{\w+(:-)?\}$/);
    for (const [, password] of compose.matchAll(/:\/\/\w*:([^@\n]*)@/g))
      expect(password).toMatch(/^\$\{\w+(:\?[^}]*)?\}$/);
  });

  test('waits longer for Magpie to stop than Magpie takes', () => {
    const [, seconds] = /^x-magpie:.*(?:\n .*)*\n {2}stop_grace_period: (\d+)s$/m.exec(compose) ?? [];
    expect(Number(seconds) * 1000).toBeGreaterThan(STOP_AT_LATEST_MS);
  });

  test('jobs are never evicted and survive a restart; the cache may lose what was used least', () => {
    const redis = compose.split('\n').filter((line) => line.includes('exec redis-server'));
    expect(redis).toEqual([
      expect.stringMatching(/--appendonly yes --maxmemory-policy noeviction/),
      expect.stringMatching(/--save '' .*--maxmemory-policy allkeys-lru/),
    ]);
  });
});
