import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { alternatives, inNames, wholeWords, wordBeginning, wordsOf } from './compile.ts';
import { languages } from './index.node.ts';
import { languages as languagesOfBrowsers } from './index.web.ts';

const files = globSync('languages/*.ts', { cwd: import.meta.dirname, exclude: ['**/*.pages.ts'] });
const source = readFileSync(new URL('./words.ts', import.meta.url), 'utf8');
const contract = source.slice(source.indexOf('export interface LanguageWords'), source.indexOf('\n}\n'));
const meanings = Array.from(contract.matchAll(/^ {2}(\w+)\??:/gm), ([, name = '']) => name);

test('every file is a language, and each language has one', () => {
  const codes = languages.map(({ language }) => language);
  expect(new Set(codes).size).toBe(files.length);
  expect(codes).toContain('mul');
});

test('browsers have the same languages', () => {
  expect(languagesOfBrowsers).toEqual(languages);
});

test.each(meanings)('%s says what it means', (meaning) => {
  expect(contract).toMatch(new RegExp(`\\*/\\n {2}${meaning}\\??:`));
});

test.each(meanings.filter((meaning) => meaning !== 'language'))(
  '%s is asked for, and some language has it',
  (meaning) => {
    const code = globSync('../**/*.ts', {
      cwd: import.meta.dirname,
      exclude: ['../words/languages/**', '**/*.test.ts'],
    })
      .filter((file) => !file.endsWith('/words.ts'))
      .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
      .join('\n');
    expect(code).toMatch(new RegExp(`\\(\\{ ${meaning} \\}\\) => ${meaning}\\b|\\(words\\) => words\\.${meaning}\\b`));
    expect(languages.some((language) => meaning in language)).toBe(true);
  },
);

test('no entry is written in capitals, empty, or twice in one list', () => {
  const listsOf = (value: unknown): readonly string[][] =>
    Array.isArray(value)
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(listsOf)
        : [];
  for (const { gluedMultipliers: _, ...language } of languages) {
    for (const list of listsOf(language)) {
      expect(new Set(list).size, list.join()).toBe(list.length);
      for (const entry of list) {
        expect(entry.trim(), entry).toBe(entry);
        expect(entry, language.language).not.toBe('');
        const bare = entry.replace(/\\p\{\w+\}|\\./g, '');
        expect(bare, language.language).toBe(bare.toLowerCase());
      }
    }
  }
});

test('the entries of a meaning are those of all languages, each once', () => {
  const price = wordsOf((language) => language.price);
  expect(price).toEqual(expect.arrayContaining(['price', 'preis', '価格']));
  expect(new Set(price).size).toBe(price.length);
});

test('groups in entries do not capture', () => {
  expect(alternatives(['a (b|c)?', 'd\\(e', '(?<!f)g'])).toBe('a (?:b|c)?|d\\(e|(?<!f)g');
});

test('whole words stand between other characters than letters, unless `…` lifts that', () => {
  const words = wholeWords(['was', 'abonn…', '…税込…', 'ex']);
  for (const text of ['was 12', 'Was', 'Abonnement', '12円税込価格', '(ex)']) expect(text).toMatch(words);
  for (const text of ['wash', 'swas', 'Jahresabonnement', 'exit', 'était']) expect(text).not.toMatch(words);
});

test('a word begins after anything but a letter or a digit, and anywhere in a script without spaces', () => {
  const words = wordBeginning(['stock', '缺货', 'หมด', 'ໝົດ', 'អស់', 'ကုန်', '품절']);
  for (const text of ['in stock', 'Stocked', '暂时缺货', 'สินค้าหมด', 'ສິນຄ້າໝົດ', 'ទំនិញអស់', 'ပစ္စည်းကုန်', '일시 품절']) {
    expect(text).toMatch(words);
  }
  for (const text of ['Livestock', '5stock', '일시품절']) expect(text).not.toMatch(words);
});

test('names are split at anything but letters', () => {
  const names = inNames(['old', '…strike…', '…pris']);
  for (const text of ['old-price', 'price_old', 'pricestriked', 'ordpris', 'a 1old2']) expect(text).toMatch(names);
  for (const text of ['gold', 'older', 'prisma']) expect(text).not.toMatch(names);
});
