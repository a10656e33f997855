import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeText } from './charset.ts';

const PRICE = '<p>Für 12,50 €</p>';
const utf8 = (text: string) => Buffer.from(text, 'utf8');

test.each([
  ['UTF-8, as the header says', utf8(PRICE), 'text/html; charset=utf-8'],
  ['UTF-8, nobody says so', utf8(PRICE), 'text/html'],
  ['UTF-8 with a byte order mark', utf8(`\uFEFF${PRICE}`), 'text/html; charset=iso-8859-1'],
  ['UTF-8 that the header calls Latin-1', utf8(PRICE), 'text/html; charset=iso-8859-1'],
  ['Windows-1252, as the header says', iconv.encode(PRICE, 'windows-1252'), 'text/html; charset="windows-1252"'],
  ['Windows-1252 that the header calls UTF-8', iconv.encode(PRICE, 'windows-1252'), 'text/html; charset=utf-8'],
  ['Windows-1252, nobody says so', iconv.encode(PRICE, 'windows-1252'), ''],
  ['Windows-1252 that the header calls Latin-1', iconv.encode(PRICE, 'windows-1252'), 'text/html; charset=ISO-8859-1'],
  ['ISO-8859-15', iconv.encode(PRICE, 'iso-8859-15'), 'text/html; charset=iso-8859-15'],
  ['UTF-16 with a byte order mark', iconv.encode(PRICE, 'utf-16', { addBOM: true }), 'text/html'],
  ['an unknown label', utf8(PRICE), 'text/html; charset=klingon'],
])('%s', (_name, bytes, contentType) => {
  expect(decodeText(bytes, contentType)).toBe(PRICE);
});

test.each([
  ['shift_jis', '<meta charset="Shift_JIS"><p>円 1,200 税込</p>'],
  ['euc-kr', '<meta http-equiv="content-type" content="text/html; charset=euc-kr"><p>가격 1,200원</p>'],
  ['windows-1251', '<META CHARSET=windows-1251><p>цена 1200 руб</p>'],
  ['gb18030', "<meta charset='gb18030'><p>价格 1,200 元</p>"],
])('%s by its <meta>', (encoding, html) => {
  expect(decodeText(iconv.encode(html, encoding), 'text/html')).toBe(html);
  expect(decodeText(iconv.encode(html, encoding), 'text/html; charset=utf-8')).toBe(html);
});

test('a feed by its XML declaration', () => {
  const xml = '<?xml version="1.0" encoding="ISO-8859-2"?><g:price>zł 12</g:price>';
  expect(decodeText(iconv.encode(xml, 'iso-8859-2'), 'application/rss+xml')).toBe(xml);
});

test('JSON is UTF-8', () => {
  expect(decodeText(utf8('{"name":"Lampe für Küche"}'), 'application/json')).toBe('{"name":"Lampe für Küche"}');
});

test('an empty body is empty text', () => {
  expect(decodeText(new Uint8Array(), 'text/html')).toBe('');
});
