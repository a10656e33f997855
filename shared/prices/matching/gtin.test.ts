import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifyingGtin, isRestrictedCirculation, readProductCode } from './gtin.ts';

describe('product codes', () => {
  test.each([
    ['4006381333931', 'gtin13', '04006381333931'],
    ['EAN: 4006381333931', 'gtin13', '04006381333931'],
    ['042100005264', 'upc', '00042100005264'],
    ['40170725', 'gtin8', '00000040170725'],
    ['1 0614141 54321 9', 'gtin14', '10614141543219'],
    ['978-1-56619-909-4', 'isbn13', '09781566199094'],
    ['0-306-40615-2', 'isbn10', '09780306406157'],
    ['080442957X', 'isbn10', '09780804429573'],
    ['ISBN-13: 978-1607439677', 'isbn13', '09781607439677'],
    ['979-0-0350-5729-2', 'ismn', '09790035057292'],
    ['ISSN 2049-3630', 'issn', null],
  ])('%s is a %s', (raw, type, gtin14) => {
    expect(readProductCode(raw)).toEqual({ type, gtin14 });
  });

  test.each([
    '4006381333932',
    '042100005267',
    '978-1-56619-909-6',
    '12345',
    '',
    'B00EXAMPLE',
    '0-306-40615-3',
    '12.34',
  ])('%s is none', (raw) => {
    expect(readProductCode(raw)).toBeNull();
  });

  test('the same product has one identity, however its code is written', () => {
    expect(identifyingGtin('042100005264')).toBe(identifyingGtin('0042100005264'));
    expect(identifyingGtin('0-306-40615-2')).toBe(identifyingGtin('978-0-306-40615-7'));
  });

  test.each([
    ['within a shop (prefix 2)', '2000000000008'],
    ['within a company (UPC 4)', '412345678903'],
    ['coupon', '9991234567890'],
    ['variable measure', '98712345678909'],
    ['placeholder', '0000000000000'],
    ['GTIN-8 within a shop', '20000004'],
  ])('a number used %s identifies nothing', (_use, raw) => {
    expect(readProductCode(raw)).not.toBeNull();
    expect(identifyingGtin(raw)).toBeNull();
  });

  test('one wrong digit is always noticed', () => {
    const digits = fc.stringMatching(/^\d{12}$/);
    fc.assert(
      fc.property(digits, fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, position, change) => {
        const check = [...'0123456789'].find((digit) => readProductCode(body + digit) !== null)!;
        const code = [...(body + check)];
        code[position] = String((Number(code[position]) + change) % 10);
        expect(readProductCode(code.join(''))).toBeNull();
      }),
    );
  });

  test('any text is read without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const gtin = identifyingGtin(raw);
        return gtin === null || (gtin.length === 14 && !isRestrictedCirculation(gtin));
      }),
    );
  });
});

const dataDir = process.env.MAGPIE_DATA ?? '';

test.skipIf(dataDir === '')('codes as found in the wild (needs MAGPIE_DATA)', () => {
  const lines = readFileSync(join(dataDir, 'extraction/gtin-cases.jsonl'), 'utf8').trim().split('\n');
  for (const line of lines) {
    const { raw, type }: { raw: string; type: string | null } = JSON.parse(line);
    expect({ raw, type: readProductCode(raw)?.type ?? null }).toEqual({ raw, type });
  }
});
