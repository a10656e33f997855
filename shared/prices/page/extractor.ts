import type { Page } from './page.ts';
import type { Field, Vote } from './vote.ts';

/** One way to read an offer off a page: a file `*-extractor.ts` and its line in `extractors.ts`. */
export interface Extractor {
  /** Names the evidence, as its file is named: `json-ld`, `visible-price`. */
  readonly name: string;
  /** An extractor that costs much is asked only while one of these fields is unsure; without the list always. */
  readonly fills?: readonly Field[];
  /** Its opinions, in any order; none where it finds nothing. Never throws on any page. */
  vote(page: Page): Vote[];
}
