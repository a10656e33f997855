import type { DeclaredRoute, RouteAccess } from './route-access.ts';

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
  if (access.class === 'device') {
    return `device, or key with \`${access.scope}\`${access.openOnLoopback ? '; open on loopback' : ''}${access.publicToo === false ? '; not for public shoppers' : ''}`;
  }
  return access.class === 'key' ? `key with \`${access.scope}\`` : access.class;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
