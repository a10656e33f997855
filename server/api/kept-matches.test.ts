import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { KeptMatches } from './kept-matches.ts';

function app(): Hono {
  return new Hono({ router: new KeptMatches() })
    .use(async (c, next) => {
      await next();
      c.header('x-passed', 'yes');
    })
    .get('/models/current', (c) => c.text('current'))
    .get('/models/:version/products', (c) => c.text(c.req.param('version')))
    .post('/models/current', (c) => c.text('posted'));
}

const textOf = async (answer: Response | Promise<Response>): Promise<string> => (await answer).text();

test('a path is answered by its own route each time, by method, behind what stands before all', async () => {
  const hono = app();
  for (let n = 0; n < 2; n += 1) {
    const answer = await hono.request('/models/current');
    expect([await answer.text(), answer.headers.get('x-passed')]).toEqual(['current', 'yes']);
    expect(await textOf(hono.request('/models/current', { method: 'POST' }))).toBe('posted');
  }
});

test('parameters are those of each request', async () => {
  const hono = app();
  for (const version of ['a', 'b', 'a']) {
    expect(await textOf(hono.request(`/models/${version}/products`))).toBe(version);
  }
});

test('a path that has no route stays without one', async () => {
  const hono = app();
  for (let n = 0; n < 2; n += 1) expect((await hono.request('/nothing')).status).toBe(404);
});
