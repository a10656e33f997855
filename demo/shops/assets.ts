import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import { productImageSvg } from '../product-image.ts';

const DAY_CACHE = 'public, max-age=86400';

/** Serves a shop's stylesheet and its product pictures at the paths that this shop uses. */
export function serveAssets(
  site: Hono,
  { stylesheet, stylePath, imageFolder }: { stylesheet: URL; stylePath: string; imageFolder: string },
) {
  const style = readFileSync(stylesheet, 'utf8');
  site.get(stylePath, (c) =>
    c.body(style, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': DAY_CACHE }),
  );
  site.get(`${imageFolder}/:file`, (c) => {
    const svg = productImageSvg(c.req.param('file')?.replace(/\.svg$/, '') ?? '');
    return svg === null
      ? c.notFound()
      : c.body(svg, 200, { 'content-type': 'image/svg+xml', 'cache-control': DAY_CACHE });
  });
}
