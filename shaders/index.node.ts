/** The kernels' text, in Node. index.web.ts has the same for browsers, and a test keeps the two equal. */
import { readFileSync } from 'node:fs';

const text = (file: string): string => readFileSync(new URL(`./${file}.wgsl`, import.meta.url), 'utf8');

export const shaders = {
  'cholesky-solve': text('cholesky-solve'),
  combine: text('combine'),
  dot: text('dot'),
  'finish-gradient': text('finish-gradient'),
  gramian: text('gramian'),
  'line-search': text('line-search'),
  'normal-equations': text('normal-equations'),
  'register-tile': text('register-tile'),
  'ridge-sums': text('ridge-sums'),
  'row-block': text('row-block'),
  'row-gradient': text('row-gradient'),
  'row-table': text('row-table'),
  segments: text('segments'),
  'sum-slots': text('sum-slots'),
  'top-k': text('top-k'),
  'workgroup-sum': text('workgroup-sum'),
  'workgroup-sum-subgroups': text('workgroup-sum-subgroups'),
};
