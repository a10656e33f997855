import { expect, test } from 'vitest';
import { withoutComments } from './slim-wgsl.ts';

test('comments and indentation go, code stays', () => {
  const kernel = '// Adds.\nfn add(a: f32) -> f32 {\n  // One more.\n  return a / 2 + 1; // halved\n}\n';
  expect(withoutComments(kernel)).toBe('fn add(a: f32) -> f32 {\nreturn a / 2 + 1;\n}');
});

test('a block comment is refused rather than half removed', () => {
  expect(() => withoutComments('/* a // b */ fn f() {}')).toThrow('block comment');
});
