import type { Extractor } from './extractor.ts';
import { pageAddress } from './page-address-extractor.ts';
import { analyticsEvent } from './scripts/analytics-event-extractor.ts';
import { embeddedState } from './scripts/embedded-state-extractor.ts';
import { jsonLd } from './structured/json-ld-extractor.ts';
import { microdata } from './structured/microdata-extractor.ts';
import { openGraph } from './structured/open-graph-extractor.ts';
import { rdfa } from './structured/rdfa-extractor.ts';
import { labelledValues } from './visible/labelled-values-extractor.ts';
import { namedBrand } from './visible/named-brand-extractor.ts';
import { visibleCondition } from './visible/visible-condition-extractor.ts';
import { visiblePrice } from './visible/visible-price-extractor.ts';
import { visibleShipping } from './visible/visible-shipping-extractor.ts';
import { visibleStock } from './visible/visible-stock-extractor.ts';
import { visibleTitle } from './visible/visible-title-extractor.ts';

/*
 * Every extractor. A new one is a file `*-extractor.ts` in the room of what it reads, and a line here: a browser bundle
 * cannot list a folder.
 */

/** Those that read the page's text alone, at a tenth of the cost of building a DOM. */
export const TEXT_EXTRACTORS: readonly Extractor[] = [jsonLd, pageAddress];

/** Those that need the document; the ones that fill gaps come last. */
export const DOCUMENT_EXTRACTORS: readonly Extractor[] = [
  microdata,
  rdfa,
  openGraph,
  analyticsEvent,
  visibleTitle,
  visiblePrice,
  visibleStock,
  visibleShipping,
  visibleCondition,
  labelledValues,
  namedBrand,
  embeddedState,
];
