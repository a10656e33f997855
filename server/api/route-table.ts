import type { DeclaredRoute, RouteAccess, ShopperAccess } from './route-access.ts';

/** The routes with their classes, as the Markdown table that stands in docs/access.md. */
export function routeTable(routes: readonly DeclaredRoute[]): string {
  const rows = [...routes]
    .sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method))
    .map(
      ({ method, path, access, starts }) => `| ${method} | \`${path}\` | ${wordsOf(access)} | ${starts ? 'yes' : ''} |`,
    );
  return ['| method | path | class | refused to pages of other sites |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function wordsOf(access: RouteAccess): string {
  switch (access.class) {
    case 'device':
      return `device, or ${keyFor(access)}`;
    case 'job':
      return `job; for one of a recommendation ${keyFor(access)}`;
    case 'key':
      return `key with \`${access.scope}\``;
    default:
      return access.class;
  }
}

function keyFor({ scope, openOnLoopback, publicToo }: ShopperAccess): string {
  return `key with \`${scope}\`${openOnLoopback ? '; open on loopback' : ''}${publicToo === false ? '; not for public shoppers' : ''}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
