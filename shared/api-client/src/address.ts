import type { AnyRequest } from './operations.ts';

/** The path with its parameters filled in, and the query: `/products/{id}` → `/products/a%2Fb?limit=3`. */
export function address(path: string, { path: inPath = {}, query = {} }: AnyRequest): string {
  const values = new Map<string, unknown>(Object.entries(inPath));
  const filled = path.replaceAll(/\{(.+?)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}
