import { expect, test } from 'vitest';
import { imageTypeOf } from './image-type.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

test.each([
  ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['image/gif', 'GIF89a\x01\0'],
  ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['image/avif', '\0\0\0\x1cftypavif\0\0\0\0mif1'],
  ['image/avif', '\0\0\0\x20ftypmif1\0\0\0\0avifmiaf'],
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  [
    'image/svg+xml',
    '<?xml version="1.0"?>\n<!-- drawn by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n<svg>',
  ],
])('%s is known by its bytes', (type, text) => {
  expect(imageTypeOf(bytes(text))).toBe(type);
});

test.each([
  ['nothing', ''],
  ['HTML', '<!doctype html><script>alert(1)</script>'],
  ['HTML with a picture in it', '<html><svg></svg></html>'],
  ['a script', 'alert("GIF89a")'],
  ['a RIFF that is a sound', 'RIFF\x24\0\0\0WAVEfmt '],
  ['a film', '\0\0\0\x1cftypisom\0\0\0\0mp42'],
  ['an SVG whose entities would expand', '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>'],
])('%s is no picture', (_, text) => {
  expect(imageTypeOf(bytes(text))).toBeNull();
});
