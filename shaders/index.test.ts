import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test, vi } from 'vitest';
import { shaders } from './index.node.ts';

const files = globSync('*.wgsl', { cwd: import.meta.dirname }).map((file) => basename(file, '.wgsl'));

test('Node has every kernel of the folder, each with a comment that says its job first', () => {
  expect(shaders.names).toEqual(files.sort());
  for (const name of shaders.names) expect(shaders.get(name)).toMatch(/^\/\/ /);
});

test('browsers have the same kernels under the same names', async () => {
  // Vite, which bundles for browsers, loads the modules of tests as well.
  const web = await vi.importActual<typeof import('./index.node.ts')>('./index.web.ts');
  expect(web.shaders.names).toEqual(shaders.names);
  for (const name of shaders.names) expect(web.shaders.get(name)).toBe(shaders.get(name));
});

test('a name that no file has is refused', () => {
  expect(() => shaders.get('no-such-kernel')).toThrow(/no kernel "no-such-kernel": shaders\/ has cholesky-solve, /);
});
