import type { OpenAPIHono } from '@hono/zod-openapi';
import { ProblemError } from '../problem.ts';

/** Pictures of the demo's products; they are drawn from the product's id, so they never change. */
export function imageRoutes(app: OpenAPIHono): void {
  app.get('/images/demo/:name{[\\w-]+\\.svg}', async (c) => {
    const { productImageSvg } = await import('../../demo/product-image.ts');
    const svg = productImageSvg(c.req.param('name').replace(/\.svg$/, ''));
    if (svg === null) throw new ProblemError({ title: 'No such picture', status: 404 });
    return c.body(svg, 200, {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=604800',
      // An SVG opened by itself is a document: it may run nothing.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
  });
}
