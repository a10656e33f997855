import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';

/** One file names another, or a package: by any kind of import (types included), a re-export, or `new URL(…, import.meta.url)`. */
export interface Import {
  /** Path from the root of the project. */
  from: string;
  /** Path from the root of the project; `node:fs` for Node's own modules, `npm:zod` for a package. */
  to: string;
}

const SOURCES = '{client,server,shared,demo,shaders,e2e,bench,scripts}/**/*.{ts,tsx}';

const COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g;
const SPECIFIERS = [
  /\b(?:import|export)\s[^'";]*?\bfrom\s*['"]([^'"]+)['"]/g,
  /\bimport\s*['"]([^'"]+)['"]/g,
  /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
  /\bnew\s+URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g,
  /\bimport\.meta\.(?:glob|resolve)\(\s*['"]([^'"]+)['"]/g,
];

/** All imports of all source files under `root`. */
export function importGraph(root: string): Import[] {
  const aliases = aliasesOf(root);
  return globSync(SOURCES, { cwd: root }).flatMap((name) => {
    const from = name.replaceAll('\\', '/');
    const source = readFileSync(join(root, name), 'utf8').replace(COMMENTS, '');
    const specifiers = SPECIFIERS.flatMap((pattern) => [...source.matchAll(pattern)].map(([, text = '']) => text));
    const targets = specifiers.flatMap((specifier) => resolveImport(from, specifier, aliases));
    return [...new Set(targets)].map((to) => ({ from, to }));
  });
}

/** The files that each `#name` of `package.json` stands for, one per runtime. */
function aliasesOf(root: string): Map<string, string[]> {
  const { imports = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    imports?: Record<string, string | Record<string, string>>;
  };
  return new Map(
    Object.entries(imports).map(([name, target]) => [
      name,
      (typeof target === 'string' ? [target] : Object.values(target)).map((path) => posix.normalize(path)),
    ]),
  );
}

function resolveImport(from: string, specifier: string, aliases: ReadonlyMap<string, string[]>): string[] {
  if (specifier.startsWith('.')) return [posix.normalize(posix.join(posix.dirname(from), specifier))];
  if (specifier.startsWith('#')) return aliases.get(specifier) ?? [specifier];
  if (specifier.startsWith('node:')) return [specifier];
  if (builtinModules.includes(specifier)) return [`node:${specifier}`];
  const [scope = '', name = ''] = specifier.split('/');
  return [`npm:${scope.startsWith('@') ? `${scope}/${name}` : scope}`];
}
