import type { Result } from 'hono/router';
import { TrieRouter } from 'hono/router/trie-router';
import type { H, RouterRoute } from 'hono/types';

/**
 * Hono's router for routes like ours (`/models/current` beside `/models/:version/products`), which looks once for each path
 * that is a route's own. Others may be any text, and are not kept.
 */
export class KeptMatches extends TrieRouter<[H, RouterRoute]> {
  readonly #kept = new Map<string, Result<[H, RouterRoute]>>();

  override add(method: string, path: string, handler: [H, RouterRoute]): void {
    this.#kept.clear();
    super.add(method, path, handler);
  }

  override match(method: string, path: string): Result<[H, RouterRoute]> {
    const key = `${method} ${path}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const found = super.match(method, path);
    const isOwnPath = found[0].some(([[, route]]) => route.path === path && route.method === method);
    if (isOwnPath && !/[:*{]/.test(path)) this.#kept.set(key, found);
    return found;
  }
}
