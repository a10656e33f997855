import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { shaders } from './index.node.ts';

const files = globSync('*.wgsl', { cwd: import.meta.dirname }).map((file) => basename(file, '.wgsl'));

test('Node has every kernel', () => {
  expect(Object.keys(shaders).sort()).toEqual(files.sort());
  for (const text of Object.values(shaders)) expect(text).toMatch(/^\/\/ /);
});

test('browsers have the same kernels under the same names', () => {
  const web = readFileSync(new URL('./index.web.ts', import.meta.url), 'utf8');
  const imports = new Map(
    Array.from(web.matchAll(/^import (\w+) from '\.\/(.+)\.wgsl\?raw';$/gm), ([, name, file]) => [file, name]),
  );
  const entries = Array.from(web.matchAll(/^ {2}(?:'([\w-]+)': )?(\w+),$/gm), ([, key, name]) => [key ?? name, name]);
  expect([...imports.keys()].sort()).toEqual(files.sort());
  expect(entries.map(([key]) => key)).toEqual(Object.keys(shaders));
  for (const [key, name] of entries) expect(imports.get(key)).toBe(name);
});
