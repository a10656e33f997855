import type { Import } from './import-graph.ts';

/**
 * What the files of a folder may import, by the beginnings of paths; `node:` is Node, `npm:` any package. A file obeys
 * the rule of the innermost folder that has one.
 */
interface Rule {
  may: readonly string[];
  /** What it may not, though `may` covers it. */
  never?: readonly string[];
  /** What its tests, and the files that they share, may besides. */
  tests?: readonly string[];
}

/** Packages that run in Node, in browsers and in workers alike. */
const HTML = ['npm:cheerio', 'npm:domhandler', 'npm:domutils', 'npm:htmlparser2'];

const FOLDERS: Record<string, Rule> = {
  'client/': { may: ['client/', 'shared/', 'npm:'], tests: ['node:'] },
  'server/': { may: ['server/', 'shared/', 'npm:', 'node:', 'docs/', 'package.json', 'node_modules/.cache/'] },
  // The demo is one more user of the server: nothing of Magpie knows it but the place that puts the parts together.
  'demo/': { may: ['demo/', 'server/', 'npm:', 'node:'], tests: ['shared/'] },
  'server/serve/': { may: ['server/', 'shared/', 'npm:', 'node:', 'dist/', 'demo/'] },
  // Runs on both sides: no DOM (its tsconfig has none) and no Node.
  'shared/': { may: ['shared/', 'npm:zod'], never: ['shared/recommender/backends/'], tests: ['node:', 'npm:'] },
  'shared/api/': { may: ['shared/api/', 'shared/prices/', 'shared/text/', 'npm:zod'], tests: ['node:', 'npm:'] },
  'shared/prices/': { may: ['shared/prices/', 'shared/text/', 'npm:zod', ...HTML], tests: ['node:', 'npm:'] },
  // A library of its own. Its core is given a backend and never imports one; the backends and the choice among them do.
  'shared/recommender/': {
    may: ['shared/recommender/', 'npm:comlink'],
    never: ['shared/recommender/backends/'],
    tests: ['shared/recommender/backends/', 'node:', 'npm:'],
  },
  'shared/recommender/backends/': {
    may: ['shared/recommender/', 'shaders/', 'npm:comlink', 'npm:webgpu'],
    tests: ['node:', 'npm:', 'server/testing/'],
  },
  'shaders/': { may: ['shaders/'], tests: ['node:', 'npm:'] },
  'e2e/': { may: ['e2e/', 'scripts/', 'dist/', '.', 'npm:', 'node:'] },
  // Check and measure all the rest.
  'scripts/': { may: [''] },
  'bench/': { may: [''] },
};

const TEST = /\.(?:test|compliance)\.tsx?$|\/testing\//;
/** The half of a module that runs in Node only: `package.json` gives browsers another one. */
const NODE_HALF = /\.node\.ts$/;

/** One sentence for each import that the rules do not allow. */
export function violations(imports: readonly Import[]): string[] {
  return imports.filter((each) => !isAllowed(each)).map(({ from, to }) => `${from} must not import ${to}`);
}

function isAllowed({ from, to }: Import): boolean {
  const folder = longest(Object.keys(FOLDERS).filter((each) => from.startsWith(each)));
  const rule = FOLDERS[folder];
  if (rule === undefined) return false;
  const covers = (beginnings: readonly string[] = []): boolean => beginnings.some((each) => to.startsWith(each));
  if (TEST.test(from) && covers(rule.tests)) return true;
  if (NODE_HALF.test(from) && to.startsWith('node:')) return true;
  return covers(rule.may) && !covers(rule.never);
}

function longest(texts: readonly string[]): string {
  return texts.reduce((kept, text) => (text.length > kept.length ? text : kept), '');
}
