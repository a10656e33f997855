import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

/**
 * A shop that answers at once, in a process of its own so that its work is not counted with the client's: product pages
 * of 440 KB (the median of real ones), compressed for whoever accepts that.
 */
const PAGE_BYTES = 440 * 1024;

const html = productPage();
const compressed = gzipSync(html);

const server = createServer((request, response) => {
  if (request.url === '/robots.txt') {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nDisallow: /cart\n');
    return;
  }
  const isGzip = (request.headers['accept-encoding'] ?? '').includes('gzip');
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(isGzip ? compressed : html);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on('disconnect', () => process.exit());

function productPage(): Buffer {
  const parts = ['<!doctype html><html><head><title>Lamp</title></head><body><h1>Lamp</h1><p>12,50 €</p>'];
  let sizeBytes = 0;
  for (let n = 0; sizeBytes < PAGE_BYTES; n += 1) {
    const part = `<div class="card c${n % 97}" data-id="${(n * 2_654_435_761) % 1_000_003}"><a href="/p/${n}">Article ${n}</a></div>`;
    parts.push(part);
    sizeBytes += part.length;
  }
  return Buffer.from(`${parts.join('')}</body></html>`);
}
