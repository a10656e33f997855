import { once } from 'node:events';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { demoShops } from '../../demo/shops/all.ts';
import { openShopCatalogue } from '../../demo/shops/shop-catalogue.ts';
import type { ShopPage } from './shop-page.ts';

/**
 * The demo shops' product pages, drawn before the first request and served by a process of their own, without the
 * shops' delays and faults: what is measured is the crawler's work, not the shops'.
 *
 *   node shop-pages.ts N_PAGES PAGE_KB (forked; sends one ShopPage[] and ends with its parent)
 */
const [nPages = 0, pageKb = 0] = process.argv.slice(2).map(Number);
const NOW = new Date('2026-11-22T12:00:00Z');

const pages: ShopPage[] = [];
for (const shop of demoShops) {
  const catalogue = openShopCatalogue(shop.profile);
  const site = shop.openSite(catalogue, () => NOW);
  const bodies = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const body = bodies.get(request.url ?? '');
    if (body === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on a socket file');
  const origin = `http://127.0.0.1:${address.port}`;
  for (const item of catalogue.items.slice(0, Math.ceil(nPages / demoShops.length))) {
    const path = shop.profile.path(item);
    const html = await (await site.fetch(new Request(origin + path))).text();
    bodies.set(path, gzipSync(padded(html, pageKb * 1024)));
    pages.push({ shop: shop.profile.id, url: origin + path });
  }
}
process.on('disconnect', () => process.exit());
process.send?.(pages.slice(0, nPages));

/** With the menus and teasers that real pages have around their product; the median page of real shops has 440 KB. */
function padded(html: string, sizeBytes: number): string {
  const parts: string[] = [];
  let missing = sizeBytes - html.length;
  for (let n = 0; missing > 0; n += 1) {
    const part = `<li class="menu m${n % 97}" data-id="${(n * 2_654_435_761) % 1_000_003}"><a href="/c/${n}">Department ${n}</a></li>`;
    parts.push(part);
    missing -= part.length;
  }
  return html.replace('</body>', () => `<ul>${parts.join('')}</ul></body>`);
}
