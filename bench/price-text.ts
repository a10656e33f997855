/**
 * Accuracy and speed of the price reader on price-parser's cases.
 * Usage: MAGPIE_DATA=../shared/data node bench/price-text.ts
 */
import { priceCases, readCase, scorePriceText } from './price-text/score.ts';

const ROUNDS = 200;

const dataDir = process.env.MAGPIE_DATA;
if (dataDir === undefined) throw new Error('MAGPIE_DATA must name the folder of the test data');

const score = scorePriceText(dataDir);
console.log(`amounts    ${share(score.nAmountsRight, score.nAmounts)}`);
console.log(`currencies ${share(score.nCurrenciesRight, score.nCurrencies)}`);
for (const line of score.wrong) console.log(`  ${line}`);

const cases = priceCases(dataDir);
const startMs = performance.now();
for (let round = 0; round < ROUNDS; round += 1) for (const row of cases) readCase(row);
const seconds = (performance.now() - startMs) / 1000;
console.log(`speed      ${Math.round((ROUNDS * cases.length) / seconds)} prices/s`);

function share(right: number, all: number): string {
  return `${right} of ${all} (${((100 * right) / all).toFixed(1)}%)`;
}
