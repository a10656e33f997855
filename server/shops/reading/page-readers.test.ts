import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { FetchResult } from '../../fetch/fetcher.ts';
import { UnreadablePageError } from '../shop-error.ts';
import { PageReaders } from './page-readers.ts';

const pageReaders = new PageReaders();
afterAll(() => pageReaders.close());

function page(html: string, { charset = 'utf-8', bytes = Buffer.from(html) } = {}): FetchResult {
  return {
    url: 'https://shop.example/kettle',
    status: 200,
    notModified: false,
    headers: { 'content-type': `text/html; charset=${charset}` },
    body: bytes,
    redirects: [],
    elapsedMs: 1,
    text: () => html,
  };
}

const KETTLE = '<h1>Kettle</h1><p id="price">€39.00</p>';
const selectors = { product: { title: 'h1', price: '#price' } };

test('a page is read in its charset, and what came with it stays as it was', async () => {
  const bytes = Buffer.from('<h1>Stövchen</h1><p id="price">39,00 €</p>'.replace('€', '\x80'), 'latin1');
  const { kind, offer } = await pageReaders.readProduct(page('', { charset: 'windows-1252', bytes }), selectors);
  expect(kind).toBe('product');
  expect(offer).toMatchObject({ title: 'Stövchen', price: { amount: '39.00', currency: 'EUR' } });
  expect(bytes).toHaveLength(42);
});

test('the process goes on with other work while a large page is read', async () => {
  const menus = Array.from({ length: 20_000 }, (_, n) => `<li><a href="/c/${n}">Department ${n}</a></li>`).join('');
  let nTurns = 0;
  let done = false;
  const reading = pageReaders.readProduct(page(`${KETTLE}<ul>${menus}</ul>`), selectors).finally(() => {
    done = true;
  });
  while (!done) {
    await nextTurn();
    nTurns += 1;
  }
  expect((await reading).offer.title).toBe('Kettle');
  expect(nTurns).toBeGreaterThan(100); // on this thread it would be one
});

test('what cannot be read keeps its reason', async () => {
  const reading = pageReaders.readSearch(page('<p>Welcome to our shop</p>'), 'kettle', {});
  await expect(reading).rejects.toBeInstanceOf(UnreadablePageError);
  await expect(reading).rejects.toMatchObject({ reason: 'unreadable', url: 'https://shop.example/kettle' });
});

test('a page that defeats the reader is given up, and the next one is read', async () => {
  const readers = new PageReaders(2000);
  const endless = { product: { title: 'h1', price: { selector: '#price', pattern: '^(a+)+$' } } };
  const stuck = readers.readProduct(page(`<h1>Kettle</h1><p id="price">${'a'.repeat(60)}!</p>`), endless);
  await expect(stuck).rejects.toThrow('The page could not be read within 2 s.');
  expect((await readers.readProduct(page(KETTLE), selectors)).offer.title).toBe('Kettle');
});

test('a page that waits behind one that defeats the reader is read by the next thread', async () => {
  const readers = new PageReaders(2000, 1);
  const endless = { product: { title: 'h1', price: { selector: '#price', pattern: '^(a+)+$' } } };
  const stuck = readers.readProduct(page(`<h1>Kettle</h1><p id="price">${'a'.repeat(60)}!</p>`), endless);
  const others = Array.from({ length: 3 }, () => readers.readProduct(page(KETTLE), selectors));
  await expect(stuck).rejects.toThrow('The page could not be read within 2 s.');
  for (const { offer } of await Promise.all(others)) expect(offer.title).toBe('Kettle');
});

test('once closed no page is read, and those that wait are given up', async () => {
  const readers = new PageReaders(2000, 1);
  const waiting = Array.from({ length: 3 }, () => readers.readProduct(page(KETTLE), selectors));
  const outcomes = Promise.allSettled(waiting);
  await readers.close();
  for (const { status } of await outcomes) expect(status).toBe('rejected');
  await expect(readers.readProduct(page(KETTLE), selectors)).rejects.toThrow('The page was not read');
});
