import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { apiDocument } from './document/document.ts';
import type { ApiParts } from './parts.ts';
import { revalidated } from './revalidated.ts';
import { publicPath } from './route-access.ts';

const swaggerFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** Only these files of swagger-ui-dist are served. */
const ASSETS: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Magpie API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body><div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script>
</body>
</html>
`;
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

/** Swagger UI writes inline styles; its page gets a policy of its own. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** OpenAPI 3.1 at /openapi.json, and a readable page at /docs. */
export function documentation(app: OpenAPIHono, { publicUrl }: Pick<ApiParts, 'publicUrl'>): void {
  let document: string | null = null;
  app.get(publicPath(app, '/openapi.json'), revalidated(), (c) => {
    // All routes are there by the first request, and none is added later.
    document ??= JSON.stringify(apiDocument(app, { publicUrl }));
    return c.body(document, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
  });
  app.get(publicPath(app, '/docs'), (c) => {
    c.header('content-security-policy', CONTENT_SECURITY_POLICY);
    return c.html(PAGE);
  });
  app.get(publicPath(app, '/docs/start.js'), (c) =>
    c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  for (const [name, type] of Object.entries(ASSETS)) {
    app.get(publicPath(app, `/docs/${name}`), async (c) => {
      const file = await readFile(join(swaggerFolder, name));
      return c.body(new Uint8Array(file), 200, { 'content-type': type, 'cache-control': 'public, max-age=86400' });
    });
  }
}
