import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkUrl, privateRange } from './address-guard.ts';

describe('a URL is judged before there is any lookup', () => {
  test.each([
    ['http://shop.example.com/'],
    ['https://shop.example.com:8443/search?q=lamp'],
    ['http://shop.example.com:8080/'],
    ['http://93.184.216.34/'],
    ['https://[2606:2800:220:1:248:1893:25c8:1946]/'],
    ['http://[::ffff:93.184.216.34]/'],
    ['https://xn--mnchen-3ya.example/'],
  ])('%s may be fetched', (url) => {
    expect(checkUrl(url)).toEqual({ allowed: true, reason: null });
  });

  test.each([
    ['example.com/path', 'invalid_url'],
    ['', 'invalid_url'],
    ['http://', 'invalid_url'],
    ['http://[::1', 'invalid_url'],
    ['//example.com/', 'invalid_url'],
    ['javascript:alert(1)', 'unsupported_scheme'],
    ['file:///etc/passwd', 'unsupported_scheme'],
    ['ftp://example.com/', 'unsupported_scheme'],
    ['gopher://example.com/', 'unsupported_scheme'],
    ['data:text/html,hello', 'unsupported_scheme'],
    ['http://user:secret@example.com/', 'credentials_in_url'],
    ['http://example.com@127.0.0.1/', 'credentials_in_url'],
    ['http://example.com:22/', 'blocked_port'],
    ['http://example.com:6379/', 'blocked_port'],
    ['https://example.com:9200/', 'blocked_port'],
  ])('%s is refused: %s', (url, reason) => {
    expect(checkUrl(url)).toMatchObject({ allowed: false, reason });
  });

  test.each([
    ['decimal', 'http://2130706433/'],
    ['hexadecimal', 'http://0x7f000001/'],
    ['octal', 'http://0177.0.0.1/'],
    ['mixed', 'http://0x7f.1/'],
    ['short', 'http://127.1/'],
    ['with a final dot', 'http://127.0.0.1./'],
    ['fullwidth digits', 'http://１２７.０.０.１/'],
    ['circled digits', 'http://①②⑦.⓪.⓪.①/'],
    ['percent-encoded', 'http://%31%32%37.0.0.1/'],
    ['with a backslash', 'http://127.0.0.1\\@example.com/'],
    ['with a line break', 'http://127.0\n.0.1/'],
    ['mapped', 'http://[::ffff:127.0.0.1]/'],
    ['mapped, hexadecimal', 'http://[::ffff:7f00:1]/'],
    ['compatible', 'http://[::127.0.0.1]/'],
    ['NAT64', 'http://[64:ff9b::7f00:1]/'],
    ['6to4', 'http://[2002:7f00:1::]/'],
    ['Teredo server', 'http://[2001:0:7f00:1::5db8:d822]/'],
    ['Teredo client', 'http://[2001:0:5db8:d822:0:0:80ff:fffe]/'],
  ])('loopback is recognised in its %s form', (_form, url) => {
    expect(checkUrl(url)).toMatchObject({ allowed: false, reason: 'blocked_address' });
  });

  test.each([
    'http://localhost/',
    'http://LOCALHOST./',
    'http://admin.localhost/',
    'http://metadata.google.internal/',
    'http://printer.local/',
    'http://router.home.arpa/',
    'http://intranet/',
    'http://10.0.0.1.nip.io/',
  ])('%s is a name of private networks', (url) => {
    expect(checkUrl(url)).toMatchObject({ allowed: false, reason: 'blocked_address' });
  });

  test('a demo shop on loopback is allowed by its exact origin, and nothing else of that host is', () => {
    const origins = new Set(['http://127.0.0.1:4001']);
    expect(checkUrl('http://127.0.0.1:4001/search?q=lamp', origins).allowed).toBe(true);
    expect(checkUrl('http://127.0.0.1:4002/', origins).allowed).toBe(false);
    expect(checkUrl('https://127.0.0.1:4001/', origins).allowed).toBe(false);
    expect(checkUrl('http://localhost:4001/', origins).allowed).toBe(false);
    expect(checkUrl('http://user@127.0.0.1:4001/', origins).allowed).toBe(false);
  });
});

describe('an address is public, or named by its special range', () => {
  test.each([
    ['8.8.8.8', null],
    ['2606:4700::1111', null],
    ['64:ff9b::808:808', null],
    ['2002:808:808::1', null],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['10.0.0.5', 'private'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['127.255.255.254', 'loopback'],
    ['168.63.129.16', 'metadata'],
    ['169.254.169.254', 'linkLocal'],
    ['172.31.255.255', 'private'],
    ['192.0.0.8', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['192.168.1.1', 'private'],
    ['198.18.0.1', 'reserved'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::ffff:169.254.169.254', 'linkLocal'],
    ['64:ff9b::a9fe:a9fe', 'linkLocal'],
    ['64:ff9b:1::1', 'rfc6052'],
    ['100::1', 'discard'],
    ['2001:db8::1', 'reserved'],
    ['3fff::1', 'reserved'],
    ['5f00::1', 'segmentRouting'],
    ['fc00::1', 'uniqueLocal'],
    ['fd00:ec2::254', 'uniqueLocal'],
    ['fe80::1%eth0', 'linkLocal'],
    ['fec0::1', 'deprecatedSiteLocal'],
    ['ff02::1', 'multicast'],
    ['not an address', 'unparsable'],
  ])('%s: %s', (address, range) => {
    expect(privateRange(address)).toBe(range);
  });
});

const dataDir = process.env.MAGPIE_DATA;
describe.skipIf(dataDir === undefined)('the cases of other projects (skipped without MAGPIE_DATA)', () => {
  test('ssrf-cases.jsonl: every row', () => {
    const lines = readFileSync(join(dataDir ?? '', 'extraction/ssrf-cases.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const rows = lines.map((line): { url: string; allowed: boolean } => JSON.parse(line));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ url, allowed }) => checkUrl(url).allowed !== allowed)).toEqual([]);
  });
});
