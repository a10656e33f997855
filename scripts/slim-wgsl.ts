import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const SUFFIX = '.wgsl?raw';

/** WGSL without its comments and indentation: the kernels explain themselves to readers, not to every phone (4 of 11 kB). */
export function slimWgsl(): Plugin {
  return {
    name: 'slim-wgsl',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const text = await readFile(id.slice(0, -'?raw'.length), 'utf8');
      return `export default ${JSON.stringify(withoutComments(text))};`;
    },
  };
}

/** Line comments only: that is all our kernels have, and WGSL has no strings for one to hide in. */
export function withoutComments(wgsl: string): string {
  if (wgsl.includes('/*')) throw new Error('this kernel has a block comment, which slimWgsl does not take out');
  return wgsl
    .split('\n')
    .map((line) => line.replace(/\/\/.*/, '').trim())
    .filter((line) => line !== '')
    .join('\n');
}
