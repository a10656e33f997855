/**
 * Fuzzing of the extractor with mutations of real pages.
 *
 *     MAGPIE_DATA=../shared/data node bench/extraction-fuzz.ts [--runs 20000] [--seed 1]
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { checkPage } from './extraction/check-page.ts';
import { mutatedPages } from './extraction/mutated-pages.ts';
import { loadProductPages } from './extraction/product-pages.ts';

/** Long pages are injured in parts, so that an injury meets something. */
const PART_LENGTH = 60_000;
const PROGRESS_STEP = 2_000;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
});
const dataDir = process.env.MAGPIE_DATA;
if (dataDir === undefined) {
  console.error('MAGPIE_DATA is not set: it names the folder with the pages that are mutated');
  process.exit(2);
}

const pages = loadProductPages(dataDir).flatMap(({ html }) => [html, ...partsOf(html)]);
let n_inputs = 0;
let slowestMs = 0;
const result = fc.check(
  fc.property(mutatedPages(pages), (html) => {
    const { fault, cpuMs } = checkPage(html, 'https://shop.example/p/1');
    slowestMs = Math.max(slowestMs, cpuMs);
    n_inputs += 1;
    if (n_inputs % PROGRESS_STEP === 0) console.log(`${n_inputs} inputs, slowest ${slowestMs} ms of CPU`);
    if (fault !== null) throw new Error(fault);
  }),
  { numRuns: Number(values.runs), seed: Number(values.seed), endOnFailure: true },
);
if (result.failed) {
  const file = join(mkdtempSync(join(tmpdir(), 'extraction-fuzz-')), 'page.html');
  writeFileSync(file, result.counterexample?.[0] ?? '');
  console.error(`input ${n_inputs} of seed ${result.seed} failed, see ${file}`);
  console.error(result.errorInstance instanceof Error ? result.errorInstance.message : result.errorInstance);
  process.exitCode = 1;
} else {
  console.log(`${n_inputs} inputs: nothing thrown, slowest ${slowestMs} ms of CPU`);
}

function partsOf(html: string): string[] {
  return Array.from({ length: Math.ceil(html.length / PART_LENGTH) }, (_, part) =>
    html.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH),
  );
}
