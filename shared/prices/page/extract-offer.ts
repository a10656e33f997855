/*
 * The path of a page:
 *
 *   page.ts            the text as it came; the DOM (`parse-html.ts`, `dom.ts`), its outline (one walk, `outline.ts`) and
 *                      its layout (`visible/layout.ts`) are made when an extractor first asks for them
 *   extractors.ts      each extractor casts votes on fields (`vote.ts`):
 *     structured/      JSON-LD, microdata, RDFa, OpenGraph: a reader per syntax, read as schema.org by `schema-org/`
 *     scripts/         what scripts leave in the page: state objects, events for analytics
 *     visible/         what a reader sees: texts, the markup around them, their place beside the title and the buy button
 *     selectors/       what the shop's operator declared
 *   settled.ts         whether structured data alone settles the offer: then no DOM is built
 *   page-kind.ts       product, list, wall or nothing: only a product page has an offer
 *   model/             `describe.ts`: what is known of each value that was proposed; `rank.ts`: how likely each is, by the
 *                      weights that `bench/train-extractor.ts` fits; `decide.ts`: the likeliest of each field
 *
 * A list page takes another path: `extract-list.ts`, by `cards/`, `structured/` and `selectors/`.
 */
import type { ExtractedOffer, PageKind } from '../offer.ts';
import type { Extractor } from './extractor.ts';
import { DOCUMENT_EXTRACTORS, TEXT_EXTRACTORS } from './extractors.ts';
import { decide } from './model/decide.ts';
import { rank } from './model/rank.ts';
import { Page } from './page.ts';
import { kindOfPage } from './page-kind.ts';
import { voteBySelectors } from './selectors/read-by-selectors.ts';
import type { SelectorDeclaration } from './selectors/selector-declaration.ts';
import { isSettled } from './settled.ts';
import type { CastVote, Field } from './vote.ts';

export interface Extraction {
  kind: PageKind;
  /** All fields are null unless `kind` is `product`. */
  offer: ExtractedOffer;
}

/**
 * What a product page says of its product. Every extractor that finds something votes; each field carries the votes as
 * evidence. Pages that are no product page (blocked, consent, empty, list) yield no price and no stock state.
 * Never throws, whatever the HTML. The result holds no reference to the page.
 *
 * @param html the decoded page; read up to `MAX_HTML_LENGTH` characters
 * @param url where it was fetched from, or empty: then the page's own canonical address serves
 * @param selectors what the shop's operator declared; its votes weigh most
 */
export function extractOffer(html: string, url: string, selectors: SelectorDeclaration = {}): Extraction {
  // Strings cut from the page keep all of it alive in V8; a structured clone holds copies.
  return structuredClone(extractOfferFromPage(new Page(html, url), selectors));
}

/** The same on a page that is already open; the result may hold on to the page's text. */
export function extractOfferFromPage(page: Page, selectors: SelectorDeclaration = {}): Extraction {
  const { votes, settled } = collectVotes(page, selectors);
  const kind = settled ? 'product' : kindOfPage(page, votes);
  return { kind, offer: decide(kind === 'product' ? votes : []) };
}

/** What every extractor says of a page; `settled` where structured data alone was enough. */
export function collectVotes(page: Page, selectors: SelectorDeclaration = {}): { votes: CastVote[]; settled: boolean } {
  const declared = selectors.product ? voteBySelectors(page, selectors.product) : [];
  const votes: CastVote[] = [];
  const ask = (extractor: Extractor): void => {
    if (extractor.fills?.every((field) => isSure(field, votes))) return;
    votes.push(...extractor.vote(page).map((vote) => ({ source: extractor.name, vote })));
  };
  TEXT_EXTRACTORS.forEach(ask);
  const settled = declared.length === 0 && isSettled(page.html, votes);
  if (!settled) DOCUMENT_EXTRACTORS.forEach(ask);
  votes.push(...declared.map((vote) => ({ source: 'selectors', vote })));
  return { votes, settled };
}

/** Probability above which a field needs no further votes; a stock state has few votes even where it is clear. */
const SURE: Partial<Record<Field, number>> = { availability: 0.5 };
const DEFAULT_SURE = 0.7;

function isSure(field: Field, votes: readonly CastVote[]): boolean {
  return (rank(field, votes)[0]?.probability ?? 0) >= (SURE[field] ?? DEFAULT_SURE);
}
