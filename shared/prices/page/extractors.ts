import type { Extractor } from './extractor.ts';
import { pageAddress } from './page-address.ts';
import { analyticsEvent } from './scripts/analytics-event.ts';
import { embeddedState } from './scripts/embedded-state.ts';
import { jsonLd } from './structured/json-ld-extractor.ts';
import { microdata } from './structured/microdata-extractor.ts';
import { openGraph } from './structured/open-graph-extractor.ts';
import { rdfa } from './structured/rdfa-extractor.ts';
import { labelledValues } from './visible/labelled-values.ts';
import { namedBrand } from './visible/named-brand.ts';
import { visibleCondition } from './visible/visible-condition.ts';
import { visiblePrice } from './visible/visible-price.ts';
import { visibleShipping } from './visible/visible-shipping.ts';
import { visibleStock } from './visible/visible-stock.ts';
import { visibleTitle } from './visible/visible-title.ts';

/*
 * Every extractor. A new one is a file in `extractors/` and a line here: a browser bundle cannot list a folder.
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
