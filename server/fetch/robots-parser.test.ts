import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRobots } from './robots-parser.ts';

function allowed(robotsTxt: string, url: string, userAgent = 'MagpieBot'): boolean {
  return parseRobots(robotsTxt).isAllowed(userAgent, url);
}

describe('groups (RFC 9309, 2.2.1)', () => {
  const FILE = [
    'User-agent: *',
    'Disallow: /everybody',
    'User-agent: MagpieBot/1.0 (comment)',
    'User-agent: OtherBot',
    'Disallow: /two',
    '',
    'User-agent: magpiebot',
    'Disallow: /more',
  ].join('\n');

  test("a crawler's own groups are merged, and keep the one for everybody out", () => {
    expect(allowed(FILE, '/two')).toBe(false);
    expect(allowed(FILE, '/more')).toBe(false);
    expect(allowed(FILE, '/everybody')).toBe(true);
  });

  test('consecutive user-agent lines share their rules', () => {
    expect(allowed(FILE, '/two', 'OtherBot')).toBe(false);
    expect(allowed(FILE, '/more', 'OtherBot')).toBe(true);
  });

  test('whoever is not named belongs to everybody', () => {
    expect(allowed(FILE, '/everybody', 'ThirdBot')).toBe(false);
    expect(allowed(FILE, '/two', 'ThirdBot')).toBe(true);
  });

  test('a whole User-Agent header is understood, and the longest name wins', () => {
    const file = 'User-agent: foo\nDisallow: /a\n\nUser-agent: foo-news\nDisallow: /b';
    expect(allowed(file, '/a', 'Mozilla/5.0 (compatible; Foo/2.1)')).toBe(false);
    expect(allowed(file, '/a', 'foo-images')).toBe(false);
    expect(allowed(file, '/a', 'foo-news')).toBe(true);
    expect(allowed(file, '/b', 'foo-news')).toBe(false);
    expect(allowed(file, '/a', 'barfoo')).toBe(true);
  });

  test('rules before any user-agent line are nobody’s', () => {
    expect(allowed('Disallow: /\n', '/lamp')).toBe(true);
  });
});

describe('rules (2.2.2, 2.2.3)', () => {
  test('the longest match decides, an Allow before a Disallow of the same length', () => {
    expect(allowed('User-agent: *\nDisallow: /shop\nAllow: /shop/lamps', '/shop/lamps/1')).toBe(true);
    expect(allowed('User-agent: *\nAllow: /shop\nDisallow: /shop/lamps', '/shop/lamps/1')).toBe(false);
    expect(allowed('User-agent: *\nDisallow: /shop\nAllow: /shop', '/shop')).toBe(true);
  });

  test.each([
    ['/*.pdf', '/a/b.pdf?x=1', true],
    ['/*.pdf$', '/a/b.pdf', true],
    ['/*.pdf$', '/a/b.pdf?x=1', false],
    ['/a*/b*/c', '/a1/b2/c3', true],
    ['/a*/b*/c', '/a1/c3/b2', false],
    ['*q=', '/search?q=lamp', true],
    ['/$', '/', true],
    ['/$', '/lamp', false],
    ['search', '/search?q=lamp', true],
    ['/a$b', '/a$b', true],
    ['/a$', '/a$b', true],
  ])('Disallow: %s forbids %s: %s', (pattern, path, forbidden) => {
    expect(allowed(`User-agent: *\nDisallow: ${pattern}`, `https://shop.example${path}`)).toBe(!forbidden);
  });

  test.each([
    ['/müller', '/m%C3%BCller', false],
    ['/m%c3%bcller', '/müller', false],
    ['/%7Ejoe', '/~joe', false],
    ['/a%2Fb', '/a/b', true],
    ['/a/b', '/a%2Fb', true],
    ['/a%2A', '/a*', false],
    ['/a%2A', '/ab', true],
    ['/Lamp', '/lamp', true],
  ])('percent-encoding: Disallow: %s, asked for %s, allowed: %s', (pattern, path, isAllowed) => {
    expect(allowed(`User-agent: *\nDisallow: ${pattern}`, path)).toBe(isAllowed);
  });

  test('many wildcards take linear time', () => {
    const startedAtMs = performance.now();
    expect(allowed(`User-agent: *\nDisallow: /${'*a'.repeat(2000)}b`, `/${'a'.repeat(5000)}`)).toBe(true);
    expect(performance.now() - startedAtMs).toBeLessThan(1000);
  });
});

describe('files as they are', () => {
  test('comments, a byte order mark, any line ends, any case, missing colons, misspellings', () => {
    const file = '\uFEFFUSER-AGENT: * # all\r\rdisallow /a # why not\r\n\n  DisAllow :/b\nDissalow: /c\nDisallow:/d';
    for (const path of ['/a', '/b', '/c', '/d']) expect(allowed(file, path)).toBe(false);
    expect(allowed(file, '/e')).toBe(true);
  });

  test('lines of others neither end a group nor matter', () => {
    expect(allowed('User-agent: MagpieBot\nSitemap: https://x/\nUser-agent: B\nDisallow: /', '/')).toBe(false);
  });

  test('an HTML page or nothing at all forbids nothing', () => {
    expect(allowed('<!doctype html><title>Not found</title>', '/')).toBe(true);
    expect(allowed('', '/')).toBe(true);
  });
});

test('the crawl delay of the group that applies, in seconds', () => {
  const robots = parseRobots(
    'User-agent: *\nCrawl-delay: 10\nUser-agent: Slow\nCrawl-delay: 2.5\nUser-agent: Odd\nCrawl-delay: soon\nDisallow: /x',
  );
  expect(robots.crawlDelaySeconds('MagpieBot')).toBe(10);
  expect(robots.crawlDelaySeconds('Slow')).toBe(2.5);
  expect(robots.crawlDelaySeconds('Odd')).toBeNull();
});

const dataDir = process.env.MAGPIE_DATA;
describe.skipIf(dataDir === undefined)("Google's own tests (skipped without MAGPIE_DATA)", () => {
  interface Row {
    id: string;
    robots_txt: string;
    user_agent: string;
    url: string;
    allowed: boolean;
    google_specific?: boolean;
    disputed?: boolean;
  }

  test('robots-cases.jsonl: every row that is not specific to Google or disputed', () => {
    const lines = readFileSync(join(dataDir ?? '', 'extraction/robots-cases.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const rows = lines
      .map((line): Row => JSON.parse(line))
      .filter(({ google_specific, disputed }) => google_specific !== true && disputed !== true);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => allowed(row.robots_txt, row.url, row.user_agent) !== row.allowed)).toEqual([]);
  });
});
