import { expect, test } from 'vitest';
import { scorePriceText } from './score.ts';

const dataDir = process.env.MAGPIE_DATA ?? '';

test.skipIf(dataDir === '')("price-parser's cases: 99% of amounts, 97% of currencies (needs MAGPIE_DATA)", () => {
  const score = scorePriceText(dataDir);
  const wrong = score.wrong.join('\n');
  expect(score.nAmountsRight / score.nAmounts, wrong).toBeGreaterThanOrEqual(0.99);
  expect(score.nCurrenciesRight / score.nCurrencies, wrong).toBeGreaterThanOrEqual(0.97);
});
