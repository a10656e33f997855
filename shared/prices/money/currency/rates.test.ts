import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEcbDailyXml } from './ecb-daily-xml.ts';
import { rateTable } from './rates.ts';

const PUBLISHED = { date: '2026-11-20', rates: { USD: '1.0705', JPY: '171.94', KWD: '0.32815', GBP: '0.84638' } };
const table = rateTable(PUBLISHED, { base: 'EUR', source: 'European Central Bank', bundled: false });

describe('conversion', () => {
  test.each([
    [10000, 'EUR', 10705, 'USD'],
    [10705, 'USD', 10000, 'EUR'],
    [999, 'EUR', 1718, 'JPY'],
    [1718, 'JPY', 999, 'EUR'],
    [1000, 'EUR', 3282, 'KWD'],
    [12345, 'GBP', 15614, 'USD'],
    [1, 'JPY', 1, 'EUR'],
    [-10000, 'EUR', -10705, 'USD'],
  ])('%i %s are %i %s', (minor, currency, converted, into) => {
    expect(table.convert({ minor, currency }, into)).toEqual({ minor: converted, currency: into });
  });

  test('into the same currency changes nothing, known or not; without a rate there is no answer', () => {
    expect(table.convert({ minor: 5, currency: 'RUB' }, 'RUB')).toEqual({ minor: 5, currency: 'RUB' });
    expect(table.convert({ minor: 5, currency: 'RUB' }, 'EUR')).toBeNull();
    expect(table.convert({ minor: 5, currency: 'EUR' }, 'RUB')).toBeNull();
    expect(table.convert({ minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' }, 'JPY')).toBeNull();
  });

  test('there and back loses at most the rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (minor) => {
        const there = table.convert({ minor, currency: 'GBP' }, 'USD')!;
        expect(Math.abs(table.convert(there, 'GBP')!.minor - minor)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the central bank's daily file", () => {
  test('is read, currencies that ISO 4217 does not have left out', () => {
    const cubes = 'USD JPY BGN CZK DKK GBP HUF PLN RON SEK XYZ'
      .split(' ')
      .map((code) => `<Cube currency="${code}" rate="1.5"/>`);
    const published = parseEcbDailyXml(
      `<Envelope><Cube><Cube time="2026-11-20">${cubes.join('')}</Cube></Cube></Envelope>`,
    );
    expect(published?.date).toBe('2026-11-20');
    expect(Object.keys(published?.rates ?? {})).toHaveLength(10);
  });

  test.each(['', '<html></html>', '<Cube time="2026-11-20"><Cube currency="USD" rate="1"/></Cube>', '<Cube'])(
    '%j is none',
    (xml) => {
      expect(parseEcbDailyXml(xml)).toBeNull();
    },
  );
});

const dataDir = process.env.MAGPIE_DATA ?? '';

test.skipIf(dataDir === '')('a real daily file (needs MAGPIE_DATA)', () => {
  const published = parseEcbDailyXml(readFileSync(join(dataDir, 'rates/eurofxref-daily.xml'), 'utf8'));
  expect(published?.date).toBe('2024-06-28');
  expect(Object.keys(published?.rates ?? {})).toHaveLength(30);
});
