import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGES = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT });
/** A path of this repository in code marks. `<name>` and `*` stand for any name, `{a,b}` for either. */
const PATH = /`((?:client|server|shared|shaders|demo|bench|e2e|scripts|docs)\/[\w@.<>*{},/-]*)`/g;
/** A link to another page of ours. */
const LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)/g;

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');

  test('names only paths that exist', () => {
    const paths = Array.from(text.matchAll(PATH), ([, path]) => path!);
    const missing = paths.filter((path) => globSync(path.replaceAll(/<\w+>/g, '*'), { cwd: ROOT }).length === 0);
    expect(missing).toEqual([]);
  });

  test('links only to pages that exist', () => {
    const links = Array.from(text.matchAll(LINK), ([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
  });
});

test('decisions are numbered without gaps or twins, in the name and in the title', () => {
  const names = globSync('docs/decisions/*.md', { cwd: ROOT }).toSorted();
  const numbers = names.map((name) => Number(name.match(/\/(\d{4})-/)?.[1]));
  expect(numbers).toEqual(names.map((_, index) => index + 1));
  const titled = names.map((name) => Number(/^# (\d+)\. /.exec(readFileSync(join(ROOT, name), 'utf8'))?.[1]));
  expect(titled).toEqual(numbers);
});
