import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { languagePages } from '../page/testing/language-pages.ts';
import { readPage } from '../page/testing/read-page.ts';
import { parsePriceText } from '../price-text/parse-price-text.ts';
import { isRelevant } from '../relevance/relevance.ts';
import type { LanguageSample } from './language-sample.ts';

/* Pages of every language that has a file `languages/<language>.pages.ts`. */

const files = globSync('languages/*.pages.ts', { cwd: import.meta.dirname }).toSorted();
const samples: LanguageSample[] = [];
for (const file of files) {
  const module: { samples: readonly LanguageSample[] } = await import(new URL(file, import.meta.url).href);
  samples.push(...module.samples);
}

describe.each(samples.map((sample) => [sample.lang, sample] as const))('%s', (_, sample) => {
  test.each(languagePages(sample).map((page) => [page.name, page] as const))('%s', (_name, page) => {
    expect(readPage(page)).toEqual(page.expected);
  });

  test.each(sample.priceTexts ?? [])('%s', (text, price) => {
    const { amount, currency, per } = parsePriceText(text);
    expect(`${amount} ${currency}${per === null ? '' : `/${per}`}`).toBe(price);
  });

  test.each(sample.search ?? [])('a search for %s finds %s, not %s', (query, answer, other) => {
    expect(isRelevant(query, { title: answer })).toBe(true);
    expect(isRelevant(query, { title: other })).toBe(false);
  });
});
