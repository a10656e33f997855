import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';

/** Vite puts a content hash into every name under assets/. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Serves the built PWA; a path that is no file and wants HTML gets the shell, which routes by itself. */
export function clientFiles(app: OpenAPIHono, clientDir: string): void {
  app.use(
    '*',
    serveStatic({
      root: clientDir,
      onFound: (path, c) => {
        c.header('cache-control', path.includes('/assets/') ? IMMUTABLE : 'no-cache');
      },
    }),
  );
  const shell = serveStatic({ root: clientDir, path: 'index.html' });
  app.use('*', async (c, next) => {
    const wantsPage = c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html');
    if (!wantsPage) return next();
    c.header('cache-control', 'no-cache');
    return shell(c, next);
  });
}
