/**
 * Accuracy of the extractor on labelled pages: the product pages of Zyte's benchmark and those found in the field, the
 * field's list pages, and its reduced cases.
 *
 *     MAGPIE_DATA=../shared/data node bench/extraction-accuracy.ts [--errors]
 */
import type { ExtractedOffer } from '../shared/prices/offer.ts';
import { extractOffer } from '../shared/prices/page/extract-offer.ts';
import { loadFieldCases, loadFieldLists, loadFieldPages } from './extraction/field.ts';
import { type LabelledPage, loadProductPages } from './extraction/product-pages.ts';
import {
  count,
  emptyTally,
  f1,
  type SameAnswer,
  sameNumber,
  sameNumberOrThousands,
  sameText,
} from './extraction/score.ts';
import { answerOf, faultsOf, isAccepted, scoreList } from './extraction/score-field.ts';

const ATTRIBUTES: [name: 'price' | 'availability' | 'sku' | 'brand' | 'gtin' | 'mpn', SameAnswer][] = [
  ['price', sameNumber],
  ['availability', sameText],
  ['sku', sameText],
  ['brand', sameText],
  ['gtin', sameText],
  ['mpn', sameText],
];

const dataDir = process.env.MAGPIE_DATA;
if (dataDir === undefined) throw new Error('MAGPIE_DATA is not set: it names the folder with the labelled pages');
const showErrors = process.argv.includes('--errors');

reportCases(dataDir);
reportFieldPages(dataDir);
reportLists(dataDir);
reportProductPages(dataDir);

function reportCases(folder: string): void {
  const cases = loadFieldCases(folder);
  const faults = cases.map((given) => ({ given, faults: faultsOf(given) })).filter(({ faults }) => faults.length > 0);
  console.log(`cases: ${cases.length - faults.length} of ${cases.length} right`);
  if (!showErrors) return;
  for (const { given, faults: found } of faults) {
    console.log(
      `  ${given.kind}\t${given.id}\t${found.join(', ')}\twanted ${JSON.stringify(given.expected).slice(0, 120)}`,
    );
  }
}

function reportFieldPages(folder: string): void {
  const read = loadFieldPages(folder).map((page) => ({ page, offer: extractOffer(page.html, '').offer }));
  console.log(`field pages (${read.length})`);
  for (const field of ['price', 'currency', 'availability', 'sku', 'brand', 'title', 'gtin'] as const) {
    const same = field === 'price' ? sameNumber : sameText;
    let nLabelled = 0;
    let nRight = 0;
    let nWrong = 0;
    for (const { page, offer } of read) {
      const accepted = page.truth[field];
      const isPrice = field === 'price';
      if (accepted === undefined) continue;
      nLabelled += 1;
      const answer = answerOf(offer, field);
      const right =
        isAccepted(answer, accepted, same) &&
        (!isPrice || isAccepted(answerOf(offer, 'currency'), page.truth.currency ?? null));
      if (right) nRight += 1;
      else if (answer !== null) nWrong += 1;
      if (showErrors && !right) showError(page.id, page.shop, field, answer, accepted, offer);
    }
    const name = field === 'price' ? 'price with currency' : field;
    console.log(
      `  ${name}: ${nRight} of ${nLabelled} (${percent(nRight, nLabelled)}), wrong ${nWrong} of ${nRight + nWrong} given (${percent(nWrong, nRight + nWrong)})`,
    );
  }
}

function reportLists(folder: string): void {
  const lists = loadFieldLists(folder);
  let [nVisible, nFound, nRight] = [0, 0, 0];
  for (const list of lists) {
    const score = scoreList(list);
    nVisible += score.nVisible;
    nFound += score.nFound;
    nRight += score.nRight;
    if (showErrors)
      console.log(`  ${list.id}\t${list.shop}\t${score.nRight} of ${score.nVisible}, ${score.nFound} found`);
  }
  console.log(
    `field lists (${lists.length}): recall ${percent(nRight, nVisible)} of ${nVisible}, precision ${percent(nRight, nFound)}`,
  );
}

function reportProductPages(folder: string): void {
  const read = loadProductPages(folder).map((page) => ({ page, offer: extractOffer(page.html, page.url).offer }));
  reportPages(
    'seen',
    read.filter(({ page }) => page.seen),
  );
  reportPages(
    'unseen',
    read.filter(({ page }) => !page.seen),
  );
  reportPages('all', read);
}

function reportPages(name: string, pages: { page: LabelledPage; offer: ExtractedOffer }[]): void {
  const figures = ATTRIBUTES.map(([attribute, same]) => {
    const tally = emptyTally();
    for (const { page, offer } of pages) {
      const answer = answerOf(offer, attribute);
      const truths = page.truth[attribute] ?? [];
      const before = tally.right;
      count(tally, answer, truths, same);
      if (showErrors && name === 'seen' && tally.right === before && (answer !== null || truths.length > 0)) {
        showError(page.id.slice(0, 6), new URL(page.url).host, attribute, answer, truths, offer);
      }
    }
    return `${attribute} ${f1(tally).toFixed(3)}`;
  });
  const prices = emptyTally();
  for (const { page, offer } of pages) {
    count(prices, offer.price?.amount ?? null, page.truth.price ?? [], sameNumberOrThousands);
  }
  console.log(`product pages, ${name} (${pages.length} pages)`);
  console.log(`  F1: ${figures.join('  ')}`);
  console.log(`  price where the label's dot may group thousands: ${f1(prices).toFixed(3)}; ${stockFigures(pages)}`);
}

function stockFigures(pages: { page: LabelledPage; offer: ExtractedOffer }[]): string {
  const recall = (state: string): string => {
    const labelled = pages.filter(({ page }) => page.truth.availability?.includes(state));
    const found = labelled.filter(({ offer }) => offer.availability === state).length;
    return `${state} recall ${found}/${labelled.length}`;
  };
  const saidIn = pages.filter(({ offer }) => offer.availability === 'InStock');
  const right = saidIn.filter(({ page }) => !page.truth.availability?.includes('OutOfStock')).length;
  return `${recall('InStock')}, ${recall('OutOfStock')}, InStock precision ${right}/${saidIn.length}`;
}

function showError(
  id: string,
  shop: string,
  field: keyof ExtractedOffer['evidence'] & string,
  answer: string | null,
  accepted: unknown,
  offer: ExtractedOffer,
): void {
  const evidence = (offer.evidence[field === 'currency' ? 'price' : field] ?? [])
    .slice(0, 6)
    .map(({ source, raw, confidence }) => `${source} ${confidence} ${raw.slice(0, 40)}`);
  console.log(`  ${field}\t${id}\t${shop}\t${answer}\twanted ${accepted}\t${evidence.join(' | ')}`);
}

function percent(share: number, of: number): string {
  return of === 0 ? '–' : `${((100 * share) / of).toFixed(1)}%`;
}
